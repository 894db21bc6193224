package io.warmgate.local.kubelet;

import java.util.Optional;

/**
 * What a pod's status says of one container.
 *
 * @param last how the run before this one ended
 */
record ContainerView(
    String name,
    String image,
    ContainerState state,
    Optional<ContainerState.Ended> last,
    int restarts) {}
