package io.warmgate.operator.gather;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Which of two states of one object is the later: resource versions count up (KEP-5504). */
public final class ResourceVersions {
  private ResourceVersions() {}

  public static boolean isNewer(HasMetadata object, HasMetadata than) {
    return of(object.getMetadata().getResourceVersion())
        > of(than.getMetadata().getResourceVersion());
  }

  public static long of(String resourceVersion) {
    return Long.parseLong(resourceVersion);
  }
}
