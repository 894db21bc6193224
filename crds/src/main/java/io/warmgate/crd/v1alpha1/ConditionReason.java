package io.warmgate.crd.v1alpha1;

import java.util.EnumSet;
import java.util.Set;

/**
 * Why a condition is what it is: every reason that a status of Warmgate can have. A user looks here
 * for what a reason means; automation may rely on the words.
 */
public enum ConditionReason {
  /** The spec is valid and in effect. */
  ACCEPTED("Accepted", ConditionType.ACCEPTED),
  /** The spec cannot be used as it is; the message names the field and the cure. */
  INVALID("Invalid", ConditionType.ACCEPTED, ConditionType.PROGRAMMED),
  /** An older object claims the same; the message names it. */
  CONFLICTED("Conflicted", ConditionType.ACCEPTED),
  /** The object that this one is for is not there. */
  TARGET_NOT_FOUND("TargetNotFound", ConditionType.ACCEPTED),
  /**
   * The object that this one is for is in another namespace, and no ReferenceGrant there lets it be
   * named, or it is not there.
   */
  REF_NOT_PERMITTED("RefNotPermitted", ConditionType.ACCEPTED),
  /** The parent, or the listener of it that sectionName names, is not there. */
  NO_MATCHING_PARENT("NoMatchingParent", ConditionType.ACCEPTED),
  /**
   * A policy keeps answers by caller, and rules that it is for verify none: they are not cached.
   */
  CALLERS_UNKNOWN("CallersUnknown", ConditionType.ACCEPTED),
  /** No hostname of the route is one of the listener's. */
  NO_MATCHING_LISTENER_HOSTNAME("NoMatchingListenerHostname", ConditionType.ACCEPTED),
  /** The compiled configuration does not fit into a ConfigMap. */
  TOO_LARGE("TooLarge", ConditionType.ACCEPTED, ConditionType.PROGRAMMED),
  /** Everything that the spec names is there. */
  RESOLVED_REFS("ResolvedRefs", ConditionType.RESOLVED_REFS),
  /** A backend's Service or its port, or its AiModelBackend, is not there. */
  BACKEND_NOT_FOUND("BackendNotFound", ConditionType.RESOLVED_REFS),
  /** A model that a backendRef names is not accepted. */
  BACKEND_NOT_ACCEPTED("BackendNotAccepted", ConditionType.RESOLVED_REFS),
  /** A Secret, or a key of it, is not there. */
  SECRET_NOT_FOUND("SecretNotFound", ConditionType.RESOLVED_REFS),
  /** The operator may not read a Secret; the message holds the RoleBinding to apply. */
  SECRET_NOT_READABLE("SecretNotReadable", ConditionType.RESOLVED_REFS),
  /** What a Secret holds is not the certificate, key or password that is needed. */
  INVALID_SECRET("InvalidSecret", ConditionType.RESOLVED_REFS),
  /** A route that a consumer asks for is not there, or not of its gateway. */
  ROUTE_NOT_FOUND("RouteNotFound", ConditionType.RESOLVED_REFS),
  /** An issuer of tokens is not among the gateway's, or cannot be used. */
  ISSUER_NOT_FOUND("IssuerNotFound", ConditionType.RESOLVED_REFS, ConditionType.ACCEPTED),
  /** The RedisCache that sharedRef names is not there. */
  CACHE_NOT_FOUND("CacheNotFound", ConditionType.RESOLVED_REFS),
  /** A ConfigMap, or a key of it, is not there. */
  CONFIG_MAP_NOT_FOUND("ConfigMapNotFound", ConditionType.RESOLVED_REFS),
  /** What a ConfigMap holds is not what is needed; the message names the line. */
  INVALID_CONFIG_MAP("InvalidConfigMap", ConditionType.RESOLVED_REFS),
  /** Nothing says to which host requests go; the message names the route. */
  HOST_UNKNOWN("HostUnknown", ConditionType.RESOLVED_REFS),
  /** Listed questions to models whose answers nobody would find; the message says why. */
  NOT_WARMABLE("NotWarmable", ConditionType.RESOLVED_REFS),
  /** Every answering pod serves it. */
  PROGRAMMED("Programmed", ConditionType.PROGRAMMED),
  /**
   * Some answering pod has yet to acknowledge it, or it waits for something that the message names.
   */
  PENDING(
      "Pending",
      ConditionType.ACCEPTED,
      ConditionType.RESOLVED_REFS,
      ConditionType.PROGRAMMED,
      ConditionType.READY,
      ConditionType.COMPLETED),
  /** No pod answers, so nobody could acknowledge. */
  NO_READY_PODS("NoReadyPods", ConditionType.PROGRAMMED, ConditionType.READY),
  /** A pod refused the revision; what ran before goes on. The message holds the pod's words. */
  REFUSED_BY_PODS("RefusedByPods", ConditionType.PROGRAMMED, ConditionType.DEGRADED),
  /**
   * What is written is a release that does not serve: it is on its way in, waits for somebody, or
   * was tried and left. The status' {@code rollout} says which.
   */
  RELEASE_NOT_SERVED("ReleaseNotServed", ConditionType.PROGRAMMED),
  /** It does its work. */
  READY("Ready", ConditionType.READY),
  /** Fewer pods are ready than were asked for. */
  PODS_NOT_READY("PodsNotReady", ConditionType.READY, ConditionType.DEGRADED),
  /** The Redis, or the provider of a model, does not answer. */
  UNREACHABLE(
      "Unreachable", ConditionType.READY, ConditionType.DEGRADED, ConditionType.CREDENTIALS_VALID),
  /** The provider takes the credential. */
  CREDENTIAL_ACCEPTED("CredentialAccepted", ConditionType.CREDENTIALS_VALID),
  /** No credential is named, and the provider asks for none. */
  NO_CREDENTIAL_NEEDED("NoCredentialNeeded", ConditionType.CREDENTIALS_VALID),
  /** The provider refuses the credential; the message has its words, and what to do. */
  REFUSED("Refused", ConditionType.CREDENTIALS_VALID),
  /** Nothing is known of the credential yet; the message says why. */
  NOT_CHECKED("NotChecked", ConditionType.CREDENTIALS_VALID),
  /** The Redis refuses the credentials. */
  UNAUTHORIZED("Unauthorized", ConditionType.READY, ConditionType.DEGRADED),
  /** No TLS connection that can be trusted can be made to the Redis; the message says why. */
  TLS_FAILED("TlsFailed", ConditionType.READY),
  /** What runs is what is asked. */
  SETTLED("Settled", ConditionType.PROGRESSING),
  /** What runs is being changed into what is asked. */
  APPLYING("Applying", ConditionType.PROGRESSING),
  /** The change restarts the server, which comes back empty. */
  RESTARTING("Restarting", ConditionType.PROGRESSING),
  /** Nothing is missing. */
  AS_EXPECTED("AsExpected", ConditionType.DEGRADED),
  /** There is no RedisCache: each pod caches for itself alone. */
  NO_SHARED_CACHE("NoSharedCache", ConditionType.DEGRADED),
  /** The RedisCache does not answer: requests go to the pods' own memory, then to the origin. */
  SHARED_CACHE_UNAVAILABLE("SharedCacheUnavailable", ConditionType.DEGRADED),
  /**
   * The External Redis evicts keys without an expiry (allkeys-*), so it may drop the invalidation
   * log.
   */
  EVICTS_LOG("EvictsLog", ConditionType.DEGRADED),
  /** Answering pods have not acknowledged the current revision; the message names them. */
  PODS_LAGGING("PodsLagging", ConditionType.DEGRADED),
  /** Most cacheable requests are answered from the caches. */
  MOSTLY_HITS("MostlyHits", ConditionType.EFFICIENT),
  /** What was kept is asked for again after it expired. */
  TTL_TOO_SHORT("TtlTooShort", ConditionType.EFFICIENT),
  /** Different keys get the same answer: what tells them apart does not matter. */
  KEY_TOO_WIDE("KeyTooWide", ConditionType.EFFICIENT),
  /** Most is asked for once, or for the first time in long. */
  RARELY_ASKED("RarelyAsked", ConditionType.EFFICIENT),
  /** What was kept had left the caches before it expired. */
  EVICTED("Evicted", ConditionType.EFFICIENT),
  /** The origin's answers are none to be kept; the message says why. */
  UNCACHEABLE("Uncacheable", ConditionType.EFFICIENT),
  /** The requests are none for the cache: the policy's conditions, ranges, preconditions. */
  BYPASSED("Bypassed", ConditionType.EFFICIENT),
  /** What was kept had been purged. */
  PURGED("Purged", ConditionType.EFFICIENT),
  /** The origin gives no answers, or errors. */
  ORIGIN_FAILS("OriginFails", ConditionType.EFFICIENT),
  /** No answering pod serves what it named; or all of the plan was asked for. */
  COMPLETED("Completed", ConditionType.COMPLETED),
  /** Pods have yet to acknowledge, or to ask. */
  IN_PROGRESS("InProgress", ConditionType.COMPLETED),
  /** The deadline passed; the message says what is missing. */
  TIMED_OUT("TimedOut", ConditionType.COMPLETED),
  /** It cannot be done; the message says why. */
  FAILED("Failed", ConditionType.COMPLETED);

  private final String wire;

  @SuppressWarnings("ImmutableEnumChecker") // Set.copyOf
  private final Set<ConditionType> types;

  ConditionReason(String wire, ConditionType first, ConditionType... others) {
    this.wire = wire;
    this.types = Set.copyOf(EnumSet.of(first, others));
  }

  /** The {@code reason} as it stands in a status. */
  public String wire() {
    return wire;
  }

  /** The one with this {@code reason}. */
  public static ConditionReason of(String wire) {
    for (ConditionReason reason : values()) {
      if (reason.wire.equals(wire)) {
        return reason;
      }
    }
    throw new IllegalArgumentException("there is no reason '" + wire + "'");
  }

  /** The types of conditions that may have this reason. */
  public Set<ConditionType> types() {
    return types;
  }
}
