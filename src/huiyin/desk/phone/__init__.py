"""The simulated phone: a page of the demonstration that shows the texts the house would have sent.

Knows nothing outside messaging. Stands at /phone/, in demonstration settings only."""
