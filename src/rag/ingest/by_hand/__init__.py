"""What a person changes in a library by hand: folders, withdrawn articles, corrected details."""
