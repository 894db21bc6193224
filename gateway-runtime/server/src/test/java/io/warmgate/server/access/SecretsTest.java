package io.warmgate.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.server.access.AccessPod.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A credential is in nothing that the gateway says, to anybody. */
class SecretsTest {

  @Test
  void noCredentialIsInAnswersLogsOrMetrics() {
    Signing signing = Signing.of("ES256", "k1");
    String good = signing.token("u1", claims -> claims.claim("org", "ann"));
    String bad = Signing.of("ES256", "k1").token("u2");
    List<String> secrets = List.of(good, bad, "key-ann", "key-guess", AccessTest.sha256("key-ann"));
    List<Reply> replies = new ArrayList<>();
    try (AccessPod pod = new AccessPod()) {
      pod.serve(
          AccessTest.access(pod.value(Signing.published(signing))),
          AccessTest.rule(AccessTest.BOTH, "GRANTED", ""),
          AccessTest.BY_CONSUMER);
      pod.says("Cache-Control: max-age=60", "Vary: Authorization, X-Api-Key");
      for (String debug : List.of("Accept: a", "Warmgate-Debug: cache-key")) {
        replies.add(pod.get("/a", "Authorization: Bearer " + good, debug));
        replies.add(pod.get("/a", "Authorization: Bearer " + bad, debug));
        replies.add(pod.get("/a", "X-Api-Key: key-ann", debug));
        replies.add(pod.get("/a", "X-Api-Key: key-guess", debug));
        replies.add(pod.get("/a", "X-Api-Key: key-ann", "Authorization: Bearer " + bad, debug));
      }
      String told = pod.told();
      assertThat(told)
          .contains(
              "\"consumer\":\"t/ann\"",
              "\"refused\":\"signature\"",
              "\"refused\":\"unknown-key\"",
              "\"reason\":\"bad-credential\"",
              "warmgate_auth_total{outcome=\"admitted\"} 4.0",
              "warmgate_auth_total{outcome=\"unknown-key\"} 2.0");
      for (String secret : secrets) {
        assertThat(told).doesNotContain(secret);
        replies.forEach(reply -> assertThat(reply.text()).doesNotContain(secret));
        assertThat(pod.origin.heads).noneMatch(head -> head.contains(secret));
        assertThat(pod.hot().toString()).doesNotContain(secret);
      }
    }
  }
}
