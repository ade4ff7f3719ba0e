using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Plainproof.Facts;

namespace Plainproof.Sources.Restic;

/// <summary>What one run of the program printed, and how it ended.</summary>
internal sealed record Printed(int Code, byte[] Out, string Errors)
{
    public string Text => Encoding.UTF8.GetString(Out);
}

/// <summary>Runs the program with commands that only read: no lock is written, no cache is kept.</summary>
internal sealed class ResticProgram(ResticTarget target, string? passwordFile, string? password, ISink sink)
{
    private const int MostBytes = 256 * 1024 * 1024;

    /// <exception cref="CannotRead">The program is missing, or did not end in time.</exception>
    public async Task<Printed> RunAsync(CancellationToken stop, params string[] command)
    {
        using var process = Start(command);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(TimeSpan.FromSeconds(target.Seconds));
        var clock = Stopwatch.StartNew();
        try
        {
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            var output = await ReadAsync(process.StandardOutput.BaseStream, limit.Token);
            await process.WaitForExitAsync(limit.Token);
            sink.Called(new Call($"restic {command[0]}", 1, 0, output.Length, clock.Elapsed.TotalMilliseconds, process.ExitCode == 0 ? "ok" : $"code {process.ExitCode}"));
            return new Printed(process.ExitCode, output, await errors);
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            throw new CannotRead(
                Completeness.TimedOut, $"restic {command[0]} did not end within {target.Seconds} seconds and was stopped.",
                "Check that the store answers, or give it longer with timeout=SECONDS.", e);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private Process Start(string[] command)
    {
        string[] secret = passwordFile is null ? [] : ["--password-file", passwordFile];
        var start = new ProcessStartInfo(target.Binary, ["--json", "--no-lock", "--no-cache", "--repo", target.Repository, .. secret, .. command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (password is not null && passwordFile is null)
            start.Environment["RESTIC_PASSWORD"] = password;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new CannotRead(
                Completeness.Disabled, $"The program {target.Binary} cannot be started here: {e.Message}.",
                "Install restic on this machine, or name it with binary=PATH.", e);
        }
    }

    private static async Task<byte[]> ReadAsync(Stream from, CancellationToken stop)
    {
        using var all = new MemoryStream();
        var buffer = new byte[81920];
        for (int read; (read = await from.ReadAsync(buffer, stop)) > 0;)
        {
            all.Write(buffer, 0, read);
            if (all.Length > MostBytes)
                throw new CannotRead(Completeness.Partial, $"restic printed more than {MostBytes / 1024 / 1024} MB.", "Read a smaller repository.");
        }

        return all.ToArray();
    }
}

/// <summary>Why the program did not answer. Since 0.17 the exit code tells; before, only the words on standard error do.</summary>
internal static class ResticTrouble
{
    public static CannotRead Explain(Printed printed, ResticTarget target)
    {
        var words = printed.Errors.Trim();
        return printed.Code switch
        {
            12 => WrongPassword(),
            10 => Missing(target),
            11 => new CannotRead(Completeness.Throttled, "The repository is locked by another run.", "Try again when the other run is done."),
            _ when Says(words, "wrong password", "no key found") => WrongPassword(),
            _ when Says(words, "connection refused", "no such host", "i/o timeout", "network is unreachable", "no route to host") =>
                new CannotRead(Completeness.Unreachable, $"The store did not answer: {First(words)}", "Check the address, the network and the store."),
            _ when Says(words, "403", "Access Denied", "AccessDenied", "permission denied", "401", "Unauthorized") =>
                new CannotRead(Completeness.Denied, $"The store refused: {First(words)}", "Give Plainproof a key that may list and read the repository, and nothing else."),
            _ when Says(words, "Is there a repository at the following location") => Missing(target),
            _ => new CannotRead(Completeness.Failed, $"restic ended with code {printed.Code}: {First(words)}"),
        };
    }

    /// <summary>Words by which every version tells that stored bytes are not what was written.</summary>
    public static bool IsDamage(string errors) =>
        Says(errors, "invalid data returned", "ciphertext verification failed", "LoadIndex returned errors", "error loading index", "could not load snapshot", "hash does not match");

    public static string First(string words) =>
        words.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [var first, ..] ? first : "it said nothing.";

    private static CannotRead WrongPassword() => new(Completeness.Denied, "The password does not open the repository.", "Check the password file.");

    private static CannotRead Missing(ResticTarget target) =>
        new(Completeness.Unreachable, $"There is no restic repository at this {target.Place} address.", "Check the address. A repository holds a file named config.");

    private static bool Says(string words, params string[] any) => any.Any(one => words.Contains(one, StringComparison.OrdinalIgnoreCase));
}
