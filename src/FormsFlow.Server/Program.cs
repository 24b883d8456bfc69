using System.CommandLine;
using FormsFlow.Server.Demo;

Console.OutputEncoding = System.Text.Encoding.UTF8;
var root = new RootCommand("FormsFlow: one formal way in for educational products.") { DemoCommand.Create() };
return await root.Parse(args).InvokeAsync();
