package io.warmgate.operator.status;

import io.fabric8.kubernetes.api.model.Condition;
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
import java.util.Optional;

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
    if (snapshot.redis().getSpec().mode() == RedisMode.STANDALONE
        && snapshot.secret() instanceof SecretLookup.NotReadable) {
      conditions.no(
          type,
          ConditionReason.SECRET_NOT_READABLE,
          "The operator keeps this server's password in Secret '"
              + RedisNames.secret(snapshot.redis()).orElse("")
              + "' and may not use Secrets in this namespace; bind the ClusterRole"
              + " warmgate-secret-reader to it here");
      return;
    }
    for (NamedSecret named : NamedSecret.in(snapshot.redis())) {
      Optional<NamedSecret.Problem> problem = named.problem(snapshot.secret(named.name()));
      if (problem.isPresent()) {
        conditions.no(type, problem.get().reason(), problem.get().message());
        return;
      }
    }
    conditions.yes(type, ConditionReason.RESOLVED_REFS, "Everything it names is there");
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
      case UNTRUSTED ->
          conditions.no(
              type,
              ConditionReason.TLS_FAILED,
              "The server's certificate is out of date, or signed by none of the authorities that "
                  + "are trusted: see spec.external.tls.caSecretRef");
      case OTHER_NAME ->
          conditions.no(
              type,
              ConditionReason.TLS_FAILED,
              "The server's certificate is not for the endpoint's host, or not for "
                  + "spec.external.tls.serverName where that is set");
      case ASKS_CERTIFICATE ->
          conditions.no(
              type,
              ConditionReason.TLS_FAILED,
              "The server asks for a client certificate that it trusts: see "
                  + "spec.external.tls.clientCertificateRef");
      case NO_TLS ->
          conditions.no(
              type,
              ConditionReason.TLS_FAILED,
              "The server speaks no TLS there, or none that is spoken here");
      case UNKNOWN -> conditions.no(type, ConditionReason.PENDING, "The server was not asked yet");
    }
  }

  private static void progressing(Conditions conditions, RedisSnapshot snapshot) {
    ConditionType type = ConditionType.PROGRESSING;
    if (snapshot.server().settled()) {
      conditions.no(type, ConditionReason.SETTLED, "What runs is what is asked");
    } else if (isFirstStart(conditions)) {
      conditions.yes(type, ConditionReason.APPLYING, "The server is being started");
    } else {
      conditions.yes(
          type,
          ConditionReason.RESTARTING,
          "The server is started with what is asked now, and comes up empty");
    }
  }

  /** Nothing has run yet that could be lost. */
  private static boolean isFirstStart(Conditions conditions) {
    Condition before = conditions.before(ConditionType.PROGRESSING);
    return before == null || before.getReason().equals(ConditionReason.APPLYING.wire());
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
