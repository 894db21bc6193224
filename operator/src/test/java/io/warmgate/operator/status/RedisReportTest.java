package io.warmgate.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.crd.v1alpha1.RedisCache;
import io.warmgate.operator.snapshot.RedisServer;
import io.warmgate.operator.snapshot.RedisServer.Reach;
import io.warmgate.operator.snapshot.RedisSnapshot;
import io.warmgate.operator.snapshot.SecretLookup;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of an External server that is reached by TLS. */
class RedisReportTest {
  private static final byte[] SOME = {1};

  private static RedisCache redis() {
    return Serialization.unmarshal(
        """
        apiVersion: warmgate.io/v1alpha1
        kind: RedisCache
        metadata: {name: edge-cache, namespace: shop, uid: u, generation: 1}
        spec:
          mode: External
          external:
            endpoint: "10.0.0.7:6380"
            secretRef: {name: redis}
            tls: {serverName: redis.example.com, caSecretRef: {name: ca}, clientCertificateRef: {name: client}}
        """,
        RedisCache.class);
  }

  private static Map<String, SecretLookup> secrets() {
    Map<String, SecretLookup> secrets = new HashMap<>();
    secrets.put("redis", new SecretLookup.Found(Map.of("password", SOME)));
    secrets.put("ca", new SecretLookup.Found(Map.of("ca.crt", SOME)));
    secrets.put("client", new SecretLookup.Found(Map.of("tls.crt", SOME, "tls.key", SOME)));
    return secrets;
  }

  private static String said(String type, Map<String, SecretLookup> secrets, Reach reach) {
    RedisSnapshot snapshot =
        new RedisSnapshot(
            redis(), secrets, new TreeSet<>(), new RedisServer(reach, true, false), "redis:8");
    return RedisReport.of(snapshot, Instant.EPOCH).status().status().conditions().stream()
        .filter(condition -> condition.getType().equals(type))
        .map(RedisReportTest::text)
        .findFirst()
        .orElseThrow();
  }

  private static String text(Condition condition) {
    return condition.getStatus() + " " + condition.getReason() + ": " + condition.getMessage();
  }

  @Test
  void theFirstStartIsNoRestart() {
    RedisServer starting = new RedisServer(Reach.UNREACHABLE, false, false);
    RedisServer runs = new RedisServer(Reach.ANSWERS, true, false);
    RedisCache redis = redis();
    assertThat(progress(redis, starting)).isEqualTo("True Applying []");
    assertThat(progress(redis, starting)).isEqualTo("True Applying []");
    assertThat(progress(redis, runs)).isEqualTo("False Settled [Ready]");
    assertThat(progress(redis, starting)).startsWith("True Restarting").contains("Restarting]");
  }

  /** Condition and Events, after which the status is written. */
  private static String progress(RedisCache redis, RedisServer server) {
    RedisReport report =
        RedisReport.of(
            new RedisSnapshot(redis, secrets(), new TreeSet<>(), server, "redis:8"), Instant.EPOCH);
    redis.setStatus(report.status().status());
    Condition condition =
        redis.getStatus().conditions().stream()
            .filter(any -> any.getType().equals("Progressing"))
            .findFirst()
            .orElseThrow();
    return condition.getStatus()
        + " "
        + condition.getReason()
        + " "
        + report.notices().stream().map(Notice::reason).toList();
  }

  @Test
  void everythingIsThere() {
    assertThat(said("ResolvedRefs", secrets(), Reach.ANSWERS)).startsWith("True ResolvedRefs");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "redis, spec.external.secretRef",
    "ca, spec.external.tls.caSecretRef",
    "client, spec.external.tls.clientCertificateRef"
  })
  void aSecretThatIsNotThereIsNamedWithItsField(String name, String path) {
    Map<String, SecretLookup> secrets = secrets();
    secrets.remove(name);
    assertThat(said("ResolvedRefs", secrets, Reach.UNKNOWN))
        .isEqualTo(
            "False SecretNotFound: %s: Secret '%s' does not exist; create it"
                .formatted(path, name));
    secrets.put(name, new SecretLookup.NotReadable());
    assertThat(said("ResolvedRefs", secrets, Reach.UNKNOWN))
        .startsWith("False SecretNotReadable: " + path + ": the operator may not read");
    secrets.put(name, new SecretLookup.Found(Map.of("other", SOME)));
    assertThat(said("ResolvedRefs", secrets, Reach.UNKNOWN))
        .startsWith("False SecretNotFound: " + path + ": Secret '" + name + "' has no key");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "UNTRUSTED, spec.external.tls.caSecretRef",
    "OTHER_NAME, spec.external.tls.serverName",
    "ASKS_CERTIFICATE, spec.external.tls.clientCertificateRef",
    "NO_TLS, speaks no TLS there"
  })
  void whatTlsFailedOfIsSaid(Reach reach, String expected) {
    assertThat(said("Ready", secrets(), reach)).startsWith("False TlsFailed: ").contains(expected);
  }
}
