using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Upload.Objects;
using StaticCollect.Build.Upload.Sending;

namespace StaticCollect.Build.Upload;

/// <summary>What goes wrong with a store, as one line for the user.</summary>
internal static class UploadProblems
{
    /// <summary>The line; <see langword="null"/> for what nobody foresaw.</summary>
    /// <param name="exception">What was caught.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="credentials">Where credentials come from, for the cure.</param>
    public static Diagnostic? Describe(Exception exception, UploadSettings settings, string credentials)
    {
        var store = settings.Address;
        return exception switch
        {
            AnotherUploadException => Diagnostic.Error(Codes.AnotherUpload, $"Another upload to '{store}' has begun meanwhile, and goes on; this one has stopped. Let one end before the next begins, and upload again if what is there now is not what you want."),
            LocalFileException local => Diagnostic.Error(Codes.NotAsReleased, $"'{local.Path}' in the static root '{settings.Collect.Show(settings.Collect.Root)}' is not what the release says. {Diagnostic.Reason(local)} Publish again, or upload the release of the publish that this folder is of."),
            StoreException problem => Describe(problem, store, Diagnostic.Reason(problem), credentials),
            _ => null,
        };
    }

    private static Diagnostic Describe(StoreException problem, StoreAddress store, string reason, string credentials) => problem.Problem switch
    {
        StoreProblem.Moved => Diagnostic.Error(Codes.StoreMoved, $"'{store}' has changed while this upload ran. {reason} Make sure that nothing else writes there, and upload again: only what is missing is sent."),
        StoreProblem.NoCredentials => Diagnostic.Error(Codes.NoCredentials, $"There are no credentials for '{store}'. {credentials}"),
        StoreProblem.Refused => Diagnostic.Error(Codes.CredentialsRefused, $"'{store}' refuses the credentials, or does not allow them to list, read, put and delete objects. {reason}"),
        StoreProblem.NoBucket => Diagnostic.Error(Codes.NoBucket, $"'{store}' is not there. Create it, or correct StaticCollectUploadTo: an upload creates none."),
        StoreProblem.WrongClock => Diagnostic.Error(Codes.WrongClock, $"'{store}' refuses requests from this machine, since its clock is wrong. Set the clock."),
        StoreProblem.Unreachable => Diagnostic.Error(Codes.Unreachable, $"'{store}' cannot be reached. {reason}"),
        StoreProblem.NoConditions => Diagnostic.Error(Codes.NoConditions, $"'{store}' cannot put an object on the condition that nobody else has, without which two uploads at once would mix. Use a store that can."),
        _ => Diagnostic.Error(Codes.StoreFailed, $"'{store}' does not do what it is asked. {reason} Upload again: only what is missing is sent."),
    };
}
