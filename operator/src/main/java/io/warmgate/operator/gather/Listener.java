package io.warmgate.operator.gather;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Who is told of changes; on an informer's thread, so it must not wait. */
public interface Listener {
  /** In this namespace an object of the users' was changed: one that may belong to no gateway. */
  void namespaceChanged(String namespace);

  /** Something that users attached to the gateway was changed. */
  void attachmentChanged(GatewayKey gateway);

  /** Something that the gateway refers to or is made of was changed. */
  void gatewayChanged(GatewayKey gateway);

  /** A RedisCache, or something that it is made of or refers to, was changed. */
  void redisChanged(GatewayKey redis);

  /** An object of the users' was deleted. */
  void deleted(HasMetadata object);

  /** An object that the operator made is now like this. */
  void ownedSeen(HasMetadata object);

  /** An object that the operator made was deleted. */
  void ownedDeleted(HasMetadata object);
}
