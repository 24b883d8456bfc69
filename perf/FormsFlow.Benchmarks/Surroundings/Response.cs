using System.Globalization;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Benchmarks.Surroundings;

/// <summary>A response as staff write them, about 1,000 characters; no two are alike.</summary>
static class Response
{
    public static (Dictionary<string, string> Answers, string Email) Number(int number)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        var email = $"teacher{text}@pinecreek.example";
        return (new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Product title"] = $"Desmos Classroom {text}",
            ["What is it, and who will use it?"] = "Graphing calculator and ready-made activities for Algebra 1 and Geometry. 5 teachers, about 310 students in grades 8 to 10.",
            ["Vendor contact information"] = "Desmos Studio, www.desmos.example\nContact: Harriet Lindqvist, schools@desmos.example, (555) 010-0112",
            ["Deadline for implementation"] = "8/15/2027",
            ["Does the product need uploads of student or staff data?"] = "Yes, nightly",
            ["Required data elements"] = "Student number, first and last name, grade level, homeroom, section; staff number, name, e-mail address. One CSV file each, every night by SFTP.",
            ["Alignment to the District Curriculum Goals"] = "Goal 2 (every student is ready for Algebra by the end of grade 8). The activities follow our Algebra 1 units 2, 4 and 6; the state test uses the same calculator.",
            ["Campus or district sponsor"] = "Renee Castillo, Harlan Ridge High",
            ["How can we reach the sponsor?"] = $"{email}, (555) 010-0143",
            ["Funding available for the solution"] = "$1,240 a year from campus funds",
            ["Budget code (if there is one)"] = "199-11-6399-00-041-7-11",
            ["Anything else the committee should know?"] = "We tried it for six weeks this spring with two classes; the students asked for more.",
        }, email);
    }

    /// <summary>As intake understands it.</summary>
    public static ResponseReading Read(FormLayout layout, Dictionary<string, string> answers, string email, DateTimeOffset at)
    {
        string[] headers = ["Timestamp", "Email Address", .. answers.Keys], cells = ["", email, .. answers.Values];
        return ResponseReader.Read(layout.Bind(headers, ["Timestamp"]), column => new RawAnswer(cells[column], null), at);
    }
}
