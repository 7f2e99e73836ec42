#!/usr/bin/env python3
"""Writes the bill of materials of a built program (CycloneDX 1.5): the Swift packages that it was built from, in the versions that
were resolved, and the Debian packages whose libraries it loads.

    packaging/sbom.py BINARY VERSION MOMENT > sbom.cdx.json

BINARY is the built program; MOMENT is an ISO time, that of the commit. The same bytes come out for the same program and machine.
"""
import json
import os
import re
import subprocess
import sys
import uuid


def swift_packages(binary):
    """The packages that were resolved for the build, in their versions."""
    folder = os.path.dirname(os.path.realpath(binary))
    while folder != "/" and not os.path.exists(os.path.join(folder, "workspace-state.json")):
        folder = os.path.dirname(folder)
    with open(os.path.join(folder, "workspace-state.json")) as file:
        dependencies = json.load(file)["object"]["dependencies"]
    for each in dependencies:
        reference, state = each["packageRef"], each["state"].get("checkoutState")
        if not state:
            continue
        location = re.sub(r"\.git$", "", reference["location"])
        place = re.sub(r"^https://", "", location)
        version = state.get("version") or state["revision"]
        yield {
            "type": "library", "bom-ref": f"pkg:swift/{place}@{version}", "purl": f"pkg:swift/{place}@{version}",
            "name": reference["identity"], "version": version,
            "properties": [{"name": "git:revision", "value": state["revision"]}],
            "externalReferences": [{"type": "vcs", "url": location}],
        }


def debian_packages(binary):
    """The packages of the libraries that the dynamic linker takes from the system."""
    found = {}
    for line in subprocess.run(["ldd", binary], capture_output=True, text=True, check=True).stdout.splitlines():
        match = re.search(r"=> (/\S+)", line)
        if not match or not match[1].startswith(("/lib", "/usr/lib")):
            continue
        library = os.path.realpath(match[1])
        owner = subprocess.run(["dpkg-query", "-S", library], capture_output=True, text=True)
        if owner.returncode != 0:
            # Where /lib is a link to /usr/lib the package may have it under the other name.
            owner = subprocess.run(
                ["dpkg-query", "-S", re.sub(r"^/usr", "", library)], capture_output=True, text=True)
        if owner.returncode != 0:
            sys.exit(f"sbom: no Debian package has {library}")
        found.setdefault(owner.stdout.split(": ")[0].split(",")[0], []).append(os.path.basename(library))
    for name, libraries in found.items():
        form = "${Package}\t${Version}\t${Architecture}\t${source:Package}"
        package, version, architecture, source = subprocess.run(
            ["dpkg-query", "-W", "-f", form, name], capture_output=True, text=True, check=True).stdout.split("\t")
        purl = f"pkg:deb/debian/{package}@{version.replace('+', '%2B').replace(':', '%3A')}?arch={architecture}"
        yield {
            "type": "library", "bom-ref": purl, "purl": purl, "name": package, "version": version,
            "properties": [{"name": "debian:source", "value": source}]
            + [{"name": "file", "value": each} for each in sorted(libraries)],
        }


def main():
    binary, version, moment = sys.argv[1:4]
    components = sorted(list(swift_packages(binary)) + list(debian_packages(binary)), key=lambda each: each["bom-ref"])
    program = f"pkg:generic/bailanys@{version.replace('+', '%2B')}"
    number = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps([program, moment, components], sort_keys=True))
    bill = {
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "serialNumber": f"urn:uuid:{number}",
        "metadata": {
            "timestamp": moment,
            "component": {
                "type": "application", "bom-ref": program, "purl": program, "name": "bailanys", "version": version},
        },
        "components": components,
        "dependencies": [{"ref": program, "dependsOn": [each["bom-ref"] for each in components]}],
    }
    print(json.dumps(bill, indent=1, sort_keys=True))


main()
