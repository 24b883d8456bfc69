using FormsFlow.Application.Ports;

namespace FormsFlow.Tests.Simulation;

sealed partial class SheetInMemory
{
    internal sealed class Row(string? key)
    {
        readonly List<SheetCell> _cells = [];

        public string? Key { get; } = key;

        public SheetCell this[int column] => column >= 0 && column < _cells.Count ? _cells[column] : SheetCell.Empty;

        /// <summary>What the form filled in last, by which column it is.</summary>
        public Dictionary<int, SheetCell> Given { get; } = [];

        public bool IsEmpty => _cells.TrueForAll(cell => cell.IsEmpty);

        public void Set(int column, SheetCell cell)
        {
            Fill(column);
            _cells[column] = cell;
        }

        public void Insert(int column)
        {
            if (column <= _cells.Count) _cells.Insert(column, SheetCell.Empty);
        }

        public void Remove(int column)
        {
            if (column < _cells.Count) _cells.RemoveAt(column);
        }

        public void Move(int from, int to)
        {
            Fill(Math.Max(from, to));
            var cell = _cells[from];
            _cells.RemoveAt(from);
            _cells.Insert(to, cell);
        }

        void Fill(int column)
        {
            while (_cells.Count <= column) _cells.Add(SheetCell.Empty);
        }
    }
}
