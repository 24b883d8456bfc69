using FormsFlow.SheetsEmulator.Forms;

namespace FormsFlow.SheetsEmulator.Pages.Responding;

/// <summary>Takes the files in that a page of a form brings along. They are kept at once, so that turning a page does not lose them.</summary>
internal static class Uploads
{
    /// <returns>The filling with the new files and without the removed one; with a problem where a file was too large or one too many.</returns>
    public static async Task<Filling> TakeAsync(
        FormDefinition form, Filling filling, IFormCollection sent, string? removed, UploadedFiles files, CancellationToken cancellationToken)
    {
        foreach (var question in form.Questions.Where(q => q.Type == "file"))
        {
            // Ids come back from the browser: only those of files that there are count.
            var ids = filling.Files(question).Where(id => id != removed && files.Find(id) is not null).Distinct().ToList();
            var field = Filling.Field(question);
            foreach (var upload in sent.Files.GetFiles(field).Where(f => f.FileName.Length > 0))
            {
                if (upload.Length > UploadedFiles.MostBytes)
                {
                    filling = filling.WithProblem(field, $"The file is too large: at most {FileSize.Of(UploadedFiles.MostBytes)}");
                    continue;
                }
                if (ids.Count >= question.MaxFiles)
                {
                    filling = filling.WithProblem(field, question.MaxFiles == 1 ? "Only one file: remove the other one first" : $"At most {question.MaxFiles} files");
                    continue;
                }
                await using var content = upload.OpenReadStream();
                ids.Add((await files.KeepAsync(upload.FileName, content, cancellationToken)).Id);
            }
            filling = filling.WithFiles(question, ids);
        }
        return filling;
    }
}
