using FormsFlow.Application.Ports;
using FormsFlow.Application.Settings;

namespace FormsFlow.Application.Intake;

/// <summary>Tells responses from what else stands below the header row, and says beside that why it was not taken in.</summary>
public sealed partial class ResponseIntake
{
    /// <summary>Says beside rows that are no responses why they are none, once.</summary>
    async Task RemarkAsync(
        Form form, IResponseSheet sheet, SheetLayout layout, List<(CellWrite Word, SheetCell Timestamp)> remarks, CancellationToken cancellationToken)
    {
        if (remarks.Count == 0) return;

        await sheet.WriteAsync([.. remarks.Select(remark => remark.Word)], cancellationToken);
        Log.NoResponses(logger, form.Key, remarks.Count);
        var after = (await sheet.ReadRowsAsync([.. remarks.Select(remark => remark.Word.Row)], cancellationToken)).ToDictionary(row => row.Number);
        // Rows that moved meanwhile: the words may stand in the place of somebody's status, which the inspection puts back.
        if (remarks.Any(remark => layout.TimestampOf(after[remark.Word.Row]) != remark.Timestamp)) await inspections.AskAsync(form.Key, cancellationToken);
    }

    /// <returns>The responses among the rows; what somebody wrote below them is only remembered, so that a glance knows it again.</returns>
    async Task<IReadOnlyList<ResponseRow>> ReadAsync(
        IResponseSheet sheet, SheetWatch watch, int[] numbers, List<(CellWrite Word, SheetCell Timestamp)>? remarks, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var responses = new List<ResponseRow>(numbers.Length);
        foreach (var row in await sheet.ReadRowsAsync(numbers, cancellationToken))
        {
            if (watch.Layout.Read(row, now) is { } response) responses.Add(response);
            else if (watch.Layout.TimestampOf(row) is { IsEmpty: false } remark)
            {
                watch.Remember(row.Number, "", remark, isOpen: false);
                if (watch.Layout.Remark(row) is { } word) remarks?.Add((word, remark));
            }
        }

        return responses;
    }
}
