using System.CommandLine;
using FormsFlow.Server.Check;
using FormsFlow.Server.Demo;
using FormsFlow.Server.Moving;
using FormsFlow.Server.Serve;

Console.OutputEncoding = System.Text.Encoding.UTF8;
var root = new RootCommand("FormsFlow: one formal way in for educational products.") { ServeCommand.Create(), CheckCommand.Create(), DemoCommand.Create(), MovingCommands.CreateExport(), MovingCommands.CreateImport() };
// What is in hand when the program is asked to end comes to its end; two seconds, as is usual, are few on a machine that is busy.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(60) });
