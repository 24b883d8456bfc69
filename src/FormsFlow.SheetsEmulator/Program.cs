using FormsFlow.SheetsEmulator.Hosting;

return await SheetsEmulatorProgram.RunAsync(args);
