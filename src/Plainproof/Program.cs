return await Plainproof.Cli.CommandLine.RunAsync(args, Console.In, Console.Out, Console.Error);
