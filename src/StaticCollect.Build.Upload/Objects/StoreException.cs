namespace StaticCollect.Build.Upload.Objects;

/// <summary>Why a store does not do what it is asked.</summary>
internal enum StoreProblem
{
    /// <summary>Something else; the message says what.</summary>
    Other,

    /// <summary>An object is not as it was seen.</summary>
    Moved,

    /// <summary>There are no credentials.</summary>
    NoCredentials,

    /// <summary>The credentials are wrong, or not allowed to do this.</summary>
    Refused,

    /// <summary>The bucket or container is not there.</summary>
    NoBucket,

    /// <summary>The clock of this machine is wrong.</summary>
    WrongClock,

    /// <summary>It cannot be reached.</summary>
    Unreachable,

    /// <summary>It cannot put on a condition.</summary>
    NoConditions,
}

/// <summary>A store does not do what it is asked.</summary>
/// <param name="problem">Why.</param>
/// <param name="message">What the store or the system says, without any secret.</param>
/// <param name="inner">What was caught.</param>
internal sealed class StoreException(StoreProblem problem, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Why.</summary>
    public StoreProblem Problem { get; } = problem;
}
