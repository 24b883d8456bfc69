using System.Text.Json.Serialization;

namespace FormsFlow.SheetsEmulator.Model.Changes;

/// <summary>
/// The smallest thing that can happen to a spreadsheet: what the journal keeps, and what a failed batch takes back. Applying the same
/// changes in the same order gives the same spreadsheet, so a change never looks at a clock or makes up an id.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "do")]
[JsonDerivedType(typeof(SetCells), "cells")]
[JsonDerivedType(typeof(RepeatCell), "repeat")]
[JsonDerivedType(typeof(InsertRows), "+rows")]
[JsonDerivedType(typeof(DeleteRows), "-rows")]
[JsonDerivedType(typeof(MoveRows), "rows>")]
[JsonDerivedType(typeof(SetRows), "rows")]
[JsonDerivedType(typeof(SortRows), "sort")]
[JsonDerivedType(typeof(InsertColumns), "+columns")]
[JsonDerivedType(typeof(DeleteColumns), "-columns")]
[JsonDerivedType(typeof(MoveColumns), "columns>")]
[JsonDerivedType(typeof(AddSheet), "+sheet")]
[JsonDerivedType(typeof(DeleteSheet), "-sheet")]
[JsonDerivedType(typeof(MoveSheet), "sheet>")]
[JsonDerivedType(typeof(SetLayout), "layout")]
[JsonDerivedType(typeof(SetProperties), "properties")]
[JsonDerivedType(typeof(SetSharing), "sharing")]
[JsonDerivedType(typeof(SetForm), "form")]
[JsonDerivedType(typeof(KeepResponse), "response")]
[JsonDerivedType(typeof(TagRow), "tag")]
public abstract record Change
{
    /// <summary>Applies itself and returns what undoes it.</summary>
    internal abstract Change Apply(Spreadsheet spreadsheet);
}
