#!/usr/bin/env python3
"""Writes builtin-messages.json: how the built-in kinds look in protobuf.

Usage: protobuf_messages.py <folder of builtin-types.json> <Go module cache>/k8s.io

Field numbers and types come from the generated.proto files of k8s.io/api, apimachinery and
apiextensions-apiserver, JSON names and whether a zero is meant (a pointer in Go) from the types.go
beside them. Output: {message: {number: [json name, type, flags]}}, flags of r (repeated), m (map),
p (pointer: keep zeros), i (inline).
"""
import json, pathlib, re, sys

out, modules = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
messages, special = {}, {
    'k8s.io.apimachinery.pkg.apis.meta.v1.Time', 'k8s.io.apimachinery.pkg.apis.meta.v1.MicroTime',
    'k8s.io.apimachinery.pkg.apis.meta.v1.FieldsV1', 'k8s.io.apimachinery.pkg.runtime.RawExtension',
    'k8s.io.apimachinery.pkg.util.intstr.IntOrString',
    'k8s.io.apimachinery.pkg.api.resource.Quantity', 'k8s.io.apimachinery.pkg.api.resource.QuantityValue'}

def go_tags(folder):
    """(struct, protobuf number) -> (json name or None where inline, is pointer)"""
    tags = {}
    for source in folder.glob('*.go'):
        struct = None
        for line in source.read_text().splitlines():
            start = re.match(r'type (\w+) struct \{', line)
            struct = start.group(1) if start else None if line == '}' else struct
            field = re.match(r'\s+(?:\w+\s+)?(\S+)\s+`(.*)`', line)
            if not (struct and field):
                continue
            number = re.search(r'protobuf:"\w+,(\d+),', field.group(2))
            name = re.search(r'json:"([^",]*)([^"]*)"', field.group(2))
            if number and name:
                keeps = field.group(1).startswith('*') or 'omitempty' not in name.group(2)
                inline = not name.group(1)
                tags[struct, number.group(1)] = (None if inline else name.group(1), keeps)
    return tags

for proto in sorted(p for m in modules.iterdir() for p in m.resolve().rglob('generated.proto')):
    text = proto.read_text()
    package = re.search(r'^package ([\w.]+);', text, re.M).group(1)
    tags = go_tags(proto.parent)
    for message in re.finditer(r'^message (\w+) \{(.*?)^\}', text, re.S | re.M):
        fields = {}
        for field in re.finditer(
                r'^  (?:(optional|repeated) |map<\w+, )([.\w]+)>? (\w+) = (\d+)', message.group(2), re.M):
            label, kind, name, number = field.groups()
            flags = {'optional': '', 'repeated': 'r', None: 'm'}[label]
            kind = kind.lstrip('.')
            if kind[0].isupper():
                kind = package + '.' + kind
            json_name, keeps = tags.get((message.group(1), number), (name, False))
            flags += 'p' if keeps else ''
            flags += 'i' if json_name is None else ''
            fields[number] = [json_name or name, kind, flags]
        messages[f'{package}.{message.group(1)}'] = fields

kinds, needed = {}, []
for group in json.loads((out / 'builtin-types.json').read_text())['groups']:
    version = group['groupVersion']
    name, _, api = version.rpartition('/')
    short = {'': 'core', 'rbac.authorization.k8s.io': 'rbac'}.get(name, name.split('.')[0])
    for resource in group['resources']:
        if 'group' in resource:
            continue
        full = f'k8s.io.api.{short}.{api}.{resource["kind"]}'
        if name == 'apiextensions.k8s.io':
            full = f'k8s.io.apiextensions_apiserver.pkg.apis.apiextensions.v1.{resource["kind"]}'
        kinds[f'{version} {resource["kind"]}'] = full
        needed.append(full)
for kind, full in {'v1 DeleteOptions': 'k8s.io.apimachinery.pkg.apis.meta.v1.DeleteOptions'}.items():
    kinds[kind] = full
    needed.append(full)
kept = {}
while needed:
    name = needed.pop()
    if name in kept or name in special or name not in messages:
        continue
    kept[name] = messages[name]
    needed += [kind for _, kind, _ in messages[name].values()]
lines = ',\n'.join(f'{json.dumps(n)}:{json.dumps(kept[n], separators=(",", ":"))}' for n in sorted(kept))
(out / 'builtin-messages.json').write_text(
    '{"kinds":' + json.dumps(kinds, sort_keys=True, separators=(',', ':')) + ',\n"messages":{\n' + lines + '\n}}\n')
