# The top level of a Terraform configuration. Below it anything goes: providers, not Nix, know what their resources take.
{ lib, ... }:
let
  inherit (lib) mapAttrs mkOption types;

  # Whatever JSON can say. Sets merge, lists add up, and everything else must be defined once.
  json = types.nullOr (
    types.oneOf [
      types.bool
      types.int
      types.float
      types.str
      (types.lazyAttrsOf json)
      (types.listOf json)
    ]
  ) // {
    description = "value of Terraform's JSON";
    emptyValue.value = { };
  };

  block = description: mkOption {
    type = json;
    default = { };
    inherit description;
  };

  # `config.resource.hcloud_server.web "ipv4_address"` reads as a reference to that attribute, checked for existence by Nix.
  reference =
    prefix: kind: label: body:
    if builtins.isAttrs body then
      body // { __functor = _: attribute: "\${${prefix}${kind}.${label}.${attribute}}"; }
    else
      body;

  referenceable =
    prefix: description:
    block description
    // {
      apply = mapAttrs (kind: bodies: if builtins.isAttrs bodies then mapAttrs (reference prefix kind) bodies else bodies);
    };
in
{
  options = {
    data = referenceable "data." "What providers are asked for, by kind and name.";
    import = block "Resources that exist already.";
    locals = block "Named expressions.";
    module = block "Terraform modules to call.";
    moved = block "Resources that were renamed.";
    output = block "Values that Terraform prints.";
    provider = block "Settings of providers, by name.";
    resource = referenceable "" "What Terraform manages, by kind and name.";
    terraform = block "Settings of Terraform itself: backend and required providers.";
    variable = block "Inputs of the configuration.";

    _meta = mkOption {
      type = types.attrsOf types.anything;
      default = { };
      internal = true;
      description = "Facts about the configuration that are not written to the file.";
    };
  };
}
