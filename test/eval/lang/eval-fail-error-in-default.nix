({ a ? throw "from the default" }: a) { }
