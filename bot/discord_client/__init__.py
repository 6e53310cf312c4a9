"""The Discord side: the connected client, and the screen that shows members what became of their movies."""
