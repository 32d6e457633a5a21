# Publishes the evaluation of this flake with its options, as `outputs.debug`.
{
  debug = true;
}
