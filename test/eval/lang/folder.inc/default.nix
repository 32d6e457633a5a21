# Importing the folder means this file.
n: [ "from folder" n ]
