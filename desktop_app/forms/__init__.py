"""What a paper is: fields and their kinds, cells, faces, loading, layout, drawing."""
