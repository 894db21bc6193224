/**
 * The controllers that a cluster without a controller manager lacks: Deployments, ReplicaSets,
 * StatefulSets and EndpointSlices. What to do is decided by pure plans over one namespace; {@link
 * io.warmgate.local.kubelet.workload.WorkloadController} reads and obeys. Not there: progress
 * deadlines, pausing, ControllerRevisions, HorizontalPodAutoscalers and PodDisruptionBudgets.
 */
@NullMarked
package io.warmgate.local.kubelet.workload;

import org.jspecify.annotations.NullMarked;
