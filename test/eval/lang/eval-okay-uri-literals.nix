[ http://example.org/a?b=c&d=e x:y git+ssh://host/path mailto:a@b ]
