using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Plainproof.Features.Stamps;

/// <summary>The copy could not be made; the message says why, in words for people.</summary>
internal sealed class CopyProblem(string words, Exception? cause = null) : Exception(words, cause);

/// <summary>A bucket on an S3 server that locks what it gets. Nothing here deletes, shortens or unlocks.</summary>
internal sealed class LockedBucket(CopyTarget target) : IDisposable
{
    private const string NoLock = "does not lock what it gets (Object Lock is off), so nothing was sent: a copy there could be deleted. Make a new bucket with Object Lock and name it in config.json.";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly AmazonS3Client _server = new(new BasicAWSCredentials(target.AccessKey, target.SecretKey), new AmazonS3Config
    {
        ServiceURL = target.Server.ToString(),
        AuthenticationRegion = target.Region,
        ForcePathStyle = true,
        RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
        ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        Timeout = Patience,
        MaxErrorRetry = 2,
    });

    private ObjectLockMode Mode => target.IsCompliance ? ObjectLockMode.Compliance : ObjectLockMode.Governance;

    /// <exception cref="CopyProblem">It does not lock, or could not be asked.</exception>
    public Task RequireLockAsync(CancellationToken stop) => AskAsync(async () =>
    {
        var answer = await _server.GetObjectLockConfigurationAsync(new GetObjectLockConfigurationRequest { BucketName = target.Bucket }, stop);
        return answer.ObjectLockConfiguration?.ObjectLockEnabled == ObjectLockEnabled.Enabled ? true : throw new CopyProblem($"The bucket {target.Bucket} {NoLock}");
    }, stop);

    /// <summary>Puts a file that never changes, unless the same is there and locked for as long.</summary>
    /// <returns>Whether it was sent.</returns>
    /// <exception cref="CopyProblem">Something else is there by that name, or it could not be put.</exception>
    public async Task<bool> PutOnceAsync(string key, byte[] bytes, DateTimeOffset until, CancellationToken stop)
    {
        if (await FindAsync(key, bytes, stop) is { } held)
        {
            if (!held.IsSame)
                throw new CopyProblem($"The bucket {target.Bucket} holds another {key} than this log has. Was an old backup restored? Nothing there was changed. To begin a new copy, give 'copy' another prefix.");
            if (IsLocked(held.Mode, held.Until, until))
                return false;
        }

        await PutAsync(key, bytes, until, stop);
        return true;
    }

    /// <summary>Puts a file, as a new version when one is there.</summary>
    public Task PutAsync(string key, byte[] bytes, DateTimeOffset until, CancellationToken stop) => AskAsync(async () => await _server.PutObjectAsync(
        new PutObjectRequest
        {
            BucketName = target.Bucket,
            Key = key,
            InputStream = new MemoryStream(bytes),
            MD5Digest = Convert.ToBase64String(MD5.HashData(bytes)), // Object Lock demands it; the proof is in the log, not in this.
            ObjectLockMode = Mode,
            ObjectLockRetainUntilDate = until.UtcDateTime,
        }, stop), stop);

    /// <summary>Whether the file is there, whoever put it, with these bytes.</summary>
    public async Task<bool> HoldsAsync(string key, byte[] bytes, CancellationToken stop) => await FindAsync(key, bytes, stop) is { IsSame: true };

    /// <exception cref="CopyProblem">What the server now gives for this name has other bytes, or is not locked as asked.</exception>
    public async Task RequireKeptAsync(string key, byte[] bytes, DateTimeOffset until, CancellationToken stop)
    {
        var kept = await AskAsync(async () => (await _server.GetObjectRetentionAsync(new GetObjectRetentionRequest { BucketName = target.Bucket, Key = key }, stop)).Retention, stop);
        if (!IsLocked(kept?.Mode?.Value, Utc(kept?.RetainUntilDate), until))
            throw new CopyProblem($"The server took {key} but does not lock it until {until:yyyy-MM-dd} in {Mode.Value.ToLowerInvariant()} mode. Look at the bucket and at the rights of the keys.");
        if (!await HoldsAsync(key, bytes, stop))
            throw new CopyProblem($"What the server gives back for {key} is not what was sent. Somebody else may write there.");
    }

    public void Dispose() => _server.Dispose();

    /// <summary>A stricter lock than was asked for is as good.</summary>
    private bool IsLocked(string? mode, DateTimeOffset? locked, DateTimeOffset until) =>
        mode is not null && (mode == Mode.Value || mode == ObjectLockMode.Compliance.Value) && locked >= until;

    private Task<Held?> FindAsync(string key, byte[] bytes, CancellationToken stop) => AskAsync(async () =>
    {
        try
        {
            using var there = await _server.GetObjectAsync(target.Bucket, key, stop);
            var isSame = there.ContentLength == bytes.Length && await IsSameAsync(there.ResponseStream, bytes, stop);
            return new Held(isSame, there.ObjectLockMode?.Value, Utc(there.ObjectLockRetainUntilDate));
        }
        catch (AmazonS3Exception missing) when (missing.ErrorCode == "NoSuchKey")
        {
            return null;
        }
    }, stop);

    private static async Task<bool> IsSameAsync(Stream there, byte[] bytes, CancellationToken stop)
    {
        using var read = new MemoryStream(bytes.Length);
        await there.CopyToAsync(read, stop);
        return read.GetBuffer().AsSpan(0, (int)read.Length).SequenceEqual(bytes);
    }

    private static DateTimeOffset? Utc(DateTime? at) => at is { } time ? new DateTimeOffset(time.ToUniversalTime()) : null;

    private async Task<T> AskAsync<T>(Func<Task<T>> work, CancellationToken stop)
    {
        try
        {
            return await work();
        }
        catch (AmazonServiceException refused) when (refused.ErrorCode is { Length: > 0 } code)
        {
            throw new CopyProblem(WordsOf(code), refused);
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            throw new CopyProblem($"The server {target.Server.Authority} did not answer within {Patience.TotalSeconds:0} seconds.", e);
        }
        catch (Exception e) when (e is AmazonClientException or AmazonServiceException or HttpRequestException or IOException)
        {
            throw new CopyProblem($"The server {target.Server.Authority} could not be reached: {(e.InnerException ?? e).Message}", e);
        }
    }

    private string WordsOf(string code) => code switch
    {
        "NoSuchBucket" => $"The server {target.Server.Authority} has no bucket {target.Bucket}.",
        "ObjectLockConfigurationNotFoundError" or "NoSuchObjectLockConfiguration" or "InvalidRequest" or "NotImplemented" => $"The bucket {target.Bucket} {NoLock}",
        "InvalidAccessKeyId" or "SignatureDoesNotMatch" => $"The server {target.Server.Authority} does not accept the keys ({code}).",
        "AccessDenied" => $"The keys lack a right at the bucket {target.Bucket}. The manual lists the rights they need.",
        _ => $"The server {target.Server.Authority} refused: {code}.",
    };

    private sealed record Held(bool IsSame, string? Mode, DateTimeOffset? Until);
}
