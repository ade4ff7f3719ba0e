using System.CommandLine;
using Plainproof.Catalog;
using Plainproof.Cli;

namespace Plainproof.Features.Interview;

/// <summary><c>plainproof interview</c>: the questions no system can answer, in the terminal.</summary>
internal sealed class InterviewCommand : ICommandDoor
{
    public Command Command(Surroundings around)
    {
        var answers = new Option<string>("--answers") { Description = "File that keeps the answers. An interview goes on where its file stops.", HelpName = "FILE", DefaultValueFactory = _ => "answers.yaml" };
        var question = new Option<string?>("--question") { Description = "Question to begin with, to change its answer.", HelpName = "ID" };
        var command = new Command("interview", "Answer what no system can tell, one question at a time. Stop any time and go on later.") { answers, question };
        command.SetAction((parsed, stop) =>
        {
            Formats.Of(parsed.GetValue(around.Options.Format), "text");
            var request = new InterviewRequest(
                parsed.GetValue(answers)!,
                parsed.GetResult(around.Options.Company) is { Implicit: false } ? parsed.GetValue(around.Options.Company) : null,
                parsed.GetValue(around.Options.As),
                Interactive: ReferenceEquals(around.In, Console.In) && !Console.IsInputRedirected,
                parsed.GetValue(question));
            return new RunInterview(Catalogue.Shipped, around.Clock).RunAsync(request, around.In, around.Out, around.Error, stop);
        });
        return command;
    }
}
