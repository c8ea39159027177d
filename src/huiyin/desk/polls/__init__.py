"""全体代表评议: opened on the congress office's letter, reminded once, closed, its result."""
