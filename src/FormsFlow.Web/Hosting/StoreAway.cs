namespace FormsFlow.Web.Hosting;

/// <summary>What it means for the reader of a page that the store cannot be used.</summary>
public enum StoreAway
{
    /// <summary>It can be used.</summary>
    No,

    /// <summary>Something was only to be shown.</summary>
    Shown,

    /// <summary>What was sent is certainly not recorded.</summary>
    NotRecorded,

    /// <summary>What was sent is most likely not recorded.</summary>
    Uncertain,
}
