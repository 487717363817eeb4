"""What each key press in the window means: commands, keyboard layouts, people's own keys, dispatch."""
