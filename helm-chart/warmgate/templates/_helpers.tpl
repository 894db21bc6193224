{{- define "warmgate.labels" -}}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{ include "warmgate.selector" . }}
{{- end }}

{{- define "warmgate.selector" -}}
app.kubernetes.io/name: warmgate-operator
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{/* What the operator does in a namespace that it looks after, Secrets aside. */}}
{{- define "warmgate.rules" -}}
- apiGroups: [warmgate.io]
  resources: [apigateways, apiroutes, apiconsumers, aimodelbackends, cachepolicies, cacheinvalidations, cachewarmups, rediscaches]
  verbs: [get, list, watch]
- apiGroups: [warmgate.io]
  resources: [apigateways/status, apiroutes/status, apiconsumers/status, aimodelbackends/status, cachepolicies/status, cacheinvalidations/status, cachewarmups/status, rediscaches/status]
  verbs: [get, update, patch]
- apiGroups: [warmgate.io] # takes an obeyed order (the annotation warmgate.io/rollout) off
  resources: [apiroutes]
  verbs: [patch]
- apiGroups: [warmgate.io] # to own what is made for them where the API server asks for it
  resources: [apigateways/finalizers, rediscaches/finalizers, apiconsumers/finalizers]
  verbs: [update]
- apiGroups: [warmgate.io] # after ttlSecondsAfterFinished
  resources: [cacheinvalidations, cachewarmups]
  verbs: [delete]
- apiGroups: [""]
  resources: [configmaps, services, serviceaccounts]
  verbs: [get, list, watch, create, update, patch, delete]
- apiGroups: [apps]
  resources: [deployments, statefulsets]
  verbs: [get, list, watch, create, update, patch, delete]
- apiGroups: [autoscaling]
  resources: [horizontalpodautoscalers]
  verbs: [get, list, watch, create, update, patch, delete]
- apiGroups: [policy]
  resources: [poddisruptionbudgets]
  verbs: [get, list, watch, create, update, patch, delete]
- apiGroups: [networking.k8s.io]
  resources: [networkpolicies]
  verbs: [get, list, watch, create, update, patch, delete]
- apiGroups: [""]
  resources: [pods]
  verbs: [get, list, watch]
- apiGroups: [discovery.k8s.io]
  resources: [endpointslices]
  verbs: [get, list, watch]
- apiGroups: [gateway.networking.k8s.io] # which other namespaces' consumers a gateway takes
  resources: [referencegrants]
  verbs: [get, list, watch]
- apiGroups: ["", events.k8s.io]
  resources: [events]
  verbs: [create, patch]
{{- end }}

{{/* Users' certificates and passwords are read; a gateway's, a Redis' and a consumer's own Secrets are written too. */}}
{{- define "warmgate.secretRules" -}}
- apiGroups: [""]
  resources: [secrets]
  verbs: [get, list, watch, create, update, patch, delete]
{{- end }}

{{- define "warmgate.subjects" -}}
- kind: ServiceAccount
  name: warmgate-operator
  namespace: {{ .Release.Namespace }}
{{- end }}
