package io.warmgate.operator.status;

import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.ConditionType;
import io.warmgate.crd.v1alpha1.RedisCache;
import io.warmgate.crd.v1alpha1.RedisCacheStatus;
import io.warmgate.crd.v1alpha1.RedisMode;
import io.warmgate.operator.snapshot.RedisNames;
import io.warmgate.operator.snapshot.RedisSnapshot;
import io.warmgate.operator.snapshot.SecretLookup;
import io.warmgate.operator.translate.RedisAddress;
import java.time.Instant;
import java.util.List;

/** What a RedisCache's users read next. */
public record RedisReport(ObjectStatus<RedisCacheStatus> status, List<Notice> notices) {
  public RedisReport {
    notices = List.copyOf(notices);
  }

  public static RedisReport of(RedisSnapshot snapshot, Instant now) {
    RedisCache redis = snapshot.redis();
    RedisCacheStatus before = redis.getStatus();
    Conditions conditions =
        new Conditions(redis, before == null ? List.of() : before.conditions(), now);
    conditions.yes(ConditionType.ACCEPTED, ConditionReason.ACCEPTED, "The spec is in effect");
    resolved(conditions, snapshot);
    ready(conditions, snapshot);
    progressing(conditions, snapshot);
    degraded(conditions, snapshot);
    RedisCacheStatus status =
        new RedisCacheStatus(
            conditions.generation(), RedisAddress.of(redis).toString(), conditions.list());
    return new RedisReport(
        new ObjectStatus<>(
            conditions.object(), status, !status.equals(before), conditions.settled()),
        conditions.notices());
  }

  private static void resolved(Conditions conditions, RedisSnapshot snapshot) {
    ConditionType type = ConditionType.RESOLVED_REFS;
    String name = RedisNames.secret(snapshot.redis()).orElse("");
    boolean external = snapshot.redis().getSpec().mode() == RedisMode.EXTERNAL;
    if (!external && snapshot.secret() instanceof SecretLookup.NotReadable) {
      conditions.no(
          type,
          ConditionReason.SECRET_NOT_READABLE,
          "The operator keeps this server's password in Secret '"
              + name
              + "' and may not use Secrets in this namespace; bind the ClusterRole"
              + " warmgate-secret-reader to it here");
      return;
    }
    if (!external || name.isEmpty()) {
      conditions.yes(type, ConditionReason.RESOLVED_REFS, "Everything it names is there");
      return;
    }
    String path = "spec.external.secretRef: ";
    switch (snapshot.secret()) {
      case SecretLookup.Missing() ->
          conditions.no(
              type,
              ConditionReason.SECRET_NOT_FOUND,
              path + "Secret '" + name + "' does not exist; create it");
      case SecretLookup.NotReadable() ->
          conditions.no(
              type,
              ConditionReason.SECRET_NOT_READABLE,
              path
                  + "the operator may not read Secret '"
                  + name
                  + "'; bind the ClusterRole warmgate-secret-reader in this namespace");
      case SecretLookup.Found found -> {
        if (found.value(RedisNames.PASSWORD).isPresent()) {
          conditions.yes(type, ConditionReason.RESOLVED_REFS, "Everything it names is there");
        } else {
          conditions.no(
              type,
              ConditionReason.SECRET_NOT_FOUND,
              path + "Secret '" + name + "' has no key '" + RedisNames.PASSWORD + "'");
        }
      }
    }
  }

  private static void ready(Conditions conditions, RedisSnapshot snapshot) {
    ConditionType type = ConditionType.READY;
    switch (snapshot.server().reach()) {
      case ANSWERS -> conditions.yes(type, ConditionReason.READY, "The server answers");
      case UNAUTHORIZED ->
          conditions.no(
              type, ConditionReason.UNAUTHORIZED, "The server refuses the name or password");
      case UNREACHABLE ->
          conditions.no(type, ConditionReason.UNREACHABLE, "The server does not answer");
      case UNKNOWN -> conditions.no(type, ConditionReason.PENDING, "The server was not asked yet");
    }
  }

  private static void progressing(Conditions conditions, RedisSnapshot snapshot) {
    ConditionType type = ConditionType.PROGRESSING;
    if (snapshot.server().settled()) {
      conditions.no(type, ConditionReason.SETTLED, "What runs is what is asked");
    } else {
      conditions.yes(
          type,
          ConditionReason.RESTARTING,
          "The server is started with what is asked now, and comes up empty");
    }
  }

  private static void degraded(Conditions conditions, RedisSnapshot snapshot) {
    ConditionType type = ConditionType.DEGRADED;
    if (snapshot.server().evictsLog()) {
      conditions.yes(
          type,
          ConditionReason.EVICTS_LOG,
          "maxmemory-policy is allkeys-*: the server may drop the invalidation log; "
              + "set a volatile-* policy");
    } else {
      conditions.no(type, ConditionReason.AS_EXPECTED, "Nothing is missing");
    }
  }
}
