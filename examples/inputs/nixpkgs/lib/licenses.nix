# The licenses that the packages here use, and their neighbours. `free` decides whether a package needs `allowUnfree`.
{ lib }:
let
  license =
    shortName: fullName: extra:
    {
      inherit shortName fullName;
      free = true;
      redistributable = true;
      deprecated = false;
    }
    // lib.optionalAttrs (!(extra ? free)) { url = "https://spdx.org/licenses/${extra.spdxId or shortName}.html"; }
    // extra;
  spdx = shortName: spdxId: fullName: license shortName fullName { inherit spdxId; };
in
{
  agpl3Only = spdx "agpl3Only" "AGPL-3.0-only" "GNU Affero General Public License v3.0 only";
  agpl3Plus = spdx "agpl3Plus" "AGPL-3.0-or-later" "GNU Affero General Public License v3.0 or later";
  apsl20 = spdx "apsl20" "APSL-2.0" "Apple Public Source License 2.0";
  artistic2 = spdx "artistic2" "Artistic-2.0" "Artistic License 2.0";
  asl20 = spdx "asl20" "Apache-2.0" "Apache License 2.0";
  bsd2 = spdx "bsd2" "BSD-2-Clause" "BSD 2-clause \"Simplified\" License";
  bsd3 = spdx "bsd3" "BSD-3-Clause" "BSD 3-clause \"New\" or \"Revised\" License";
  bsl11 = license "bsl11" "Business Source License 1.1" {
    free = false;
    spdxId = "BUSL-1.1";
  };
  cc0 = spdx "cc0" "CC0-1.0" "Creative Commons Zero v1.0 Universal";
  curl = spdx "curl" "curl" "curl License";
  gpl2Only = spdx "gpl2Only" "GPL-2.0-only" "GNU General Public License v2.0 only";
  gpl2Plus = spdx "gpl2Plus" "GPL-2.0-or-later" "GNU General Public License v2.0 or later";
  gpl3Only = spdx "gpl3Only" "GPL-3.0-only" "GNU General Public License v3.0 only";
  gpl3Plus = spdx "gpl3Plus" "GPL-3.0-or-later" "GNU General Public License v3.0 or later";
  isc = spdx "isc" "ISC" "Internet Systems Consortium License";
  lgpl21Plus = spdx "lgpl21Plus" "LGPL-2.1-or-later" "GNU Lesser General Public License v2.1 or later";
  lgpl3Plus = spdx "lgpl3Plus" "LGPL-3.0-or-later" "GNU Lesser General Public License v3.0 or later";
  mit = spdx "mit" "MIT" "MIT License";
  mpl20 = spdx "mpl20" "MPL-2.0" "Mozilla Public License 2.0";
  postgresql = spdx "postgresql" "PostgreSQL" "PostgreSQL License";
  psfl = spdx "psfl" "PSF-2.0" "Python Software Foundation License version 2";
  publicDomain = license "publicDomain" "Public Domain" { };
  unfree = license "unfree" "Unfree" {
    free = false;
    redistributable = false;
  };
  unfreeRedistributable = license "unfreeRedistributable" "Unfree redistributable" { free = false; };
  unlicense = spdx "unlicense" "Unlicense" "The Unlicense";
  vim = spdx "vim" "Vim" "Vim License";
  zlib = spdx "zlib" "Zlib" "zlib License";
}
