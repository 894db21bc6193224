#!/usr/bin/env python3
"""Writes builtin-types.json: which built-in kinds are served and their schemas.

Usage: builtin_types.py <folder> <output>

The folder holds, fetched from a kube-apiserver, each OpenAPI document as
<group version>.json and each discovery document as disc_<group version>.json, slashes as
underscores (such as apis_apps_v1.json, disc_apis_apps_v1.json).
"""
import json, pathlib, sys

folder, output = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
keep={
 'api/v1':['namespaces','pods','configmaps','secrets','services','serviceaccounts','events','endpoints','nodes'],
 'apis/apps/v1':['deployments','replicasets','statefulsets','controllerrevisions'],
 'apis/policy/v1':['poddisruptionbudgets'],
 'apis/autoscaling/v2':['horizontalpodautoscalers'],
 'apis/networking.k8s.io/v1':['networkpolicies'],
 'apis/discovery.k8s.io/v1':['endpointslices'],
 'apis/coordination.k8s.io/v1':['leases'],
 'apis/rbac.authorization.k8s.io/v1':['roles','rolebindings','clusterroles','clusterrolebindings'],
 'apis/events.k8s.io/v1':['events'],
 'apis/apiextensions.k8s.io/v1':['customresourcedefinitions'],
 'apis/authentication.k8s.io/v1':['selfsubjectreviews'],
 'apis/authorization.k8s.io/v1':['selfsubjectaccessreviews','selfsubjectrulesreviews'],
}
subs={'status','scale','log'}
defs={};out=[]
def strip(n):
    if isinstance(n,dict):
        return {k:strip(v) for k,v in n.items() if not (k=='description' and isinstance(v,str)) and not (k=='default' and v in ({}, '', 0, False))}
    if isinstance(n,list): return [strip(x) for x in n]
    return n
def refs(n):
    if isinstance(n,dict):
        for k,v in n.items():
            if k=='$ref' and isinstance(v,str): yield v.rsplit('/',1)[1]
            else: yield from refs(v)
    elif isinstance(n,list):
        for x in n: yield from refs(x)
for gv,names in keep.items():
    f=gv.replace('/','_')
    d=json.load(open(folder / f'disc_{f}.json')); s=json.load(open(folder / f'{f}.json'))['components']['schemas']
    rs=[]
    for r in d['resources']:
        b,_,sub=r['name'].partition('/')
        if b in names and (not sub or sub in subs):
            r.pop('storageVersionHash',None); rs.append(r)
    out.append({'groupVersion':d['groupVersion'],'resources':rs})
    gvp=gv.split('/')
    g='' if gv=='api/v1' else gvp[1]; v=gvp[-1]
    todo=[]
    for r in rs:
        for n,x in s.items():
            for k in x.get('x-kubernetes-group-version-kind',[]):
                if k['group']==g and k['version']==v and k['kind'] in(r['kind'],) and '/' not in r['name']: todo.append(n)
    while todo:
        n=todo.pop()
        if n in defs: continue
        defs[n]=strip(s[n]); todo+=list(refs(defs[n]))
for n,x in defs.items():
    k=x.get('x-kubernetes-group-version-kind')
    if k and len(k)>3: del x['x-kubernetes-group-version-kind']
with open(output, 'w') as o:
    o.write('{"groups":[\n'+',\n'.join(json.dumps(x,sort_keys=True,separators=(',',':')) for x in out)+'\n],"definitions":{\n')
    o.write(',\n'.join(json.dumps(n)+':'+json.dumps(defs[n],sort_keys=True,separators=(',',':')) for n in sorted(defs))+'\n}}\n')
