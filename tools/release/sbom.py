"""Writes the software bill of materials of a release: the packages that an installation brings, as CycloneDX JSON.

The versions come from requirements.lock and constraints.txt, the licences and what needs what from the packages that
are installed here. The hashes are in requirements.lock.
"""

from __future__ import annotations

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL
from packaging.utils import canonicalize_name

from tools.licences import PROJECT, Package, installed, requirements_of

_SCHEMA = SchemaVersion.V1_6


def write_bill(version: str, moment: datetime) -> str:
    """Writes the bill of materials.

    Args:
        version: The version of the release.
        moment: The time of the release, that of its commit. The same commit gives the same bill.

    Returns:
        JSON. A package that only an extra needs is optional.

    Raises:
        ValueError: If it is not valid by the schema of CycloneDX.
    """
    packages = [package for package in installed() if package.needed_to != "develop"]
    components = {package.name: _component(package) for package in packages}
    product = Component(
        name=PROJECT,
        version=version,
        type=ComponentType.APPLICATION,
        bom_ref=PROJECT,
        licenses=[LicenseFactory().make_from_string("MIT")],
        purl=PackageURL("pypi", name=PROJECT, version=version),
    )
    bill = Bom(
        components=components.values(),
        metadata=BomMetaData(component=product, timestamp=moment),
        serial_number=uuid5(NAMESPACE_URL, f"{PROJECT} {version} {moment.isoformat()}"),
    )
    extras = sorted({"", *(package.needed_to for package in packages)} - {"run"})
    bill.register_dependency(product, _needed(components, PROJECT, *extras))
    for name, component in components.items():
        bill.register_dependency(component, _needed(components, name, ""))
    written = make_outputter(bill, OutputFormat.JSON, _SCHEMA).output_as_string(indent=1)
    if error := JsonStrictValidator(_SCHEMA).validate_str(written):
        raise ValueError(f"the bill of materials is not valid: {error}")
    return written


def _component(package: Package) -> Component:
    licences = [] if package.licence == "not stated" else [LicenseFactory().make_from_string(package.licence)]
    return Component(
        name=package.name,
        version=package.version,
        type=ComponentType.LIBRARY,
        bom_ref=package.name,
        scope=ComponentScope.REQUIRED if package.needed_to == "run" else ComponentScope.OPTIONAL,
        licenses=licences,
        purl=PackageURL("pypi", name=package.name, version=package.version),
    )


def _needed(components: dict[str, Component], name: str, *extras: str) -> list[Component]:
    names = {canonicalize_name(needed.name) for extra in extras for needed in requirements_of(name, extra)}
    return [components[needed] for needed in sorted(names) if needed in components]
