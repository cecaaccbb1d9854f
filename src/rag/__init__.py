"""A folder of news articles that answers questions in the articles' own words."""
