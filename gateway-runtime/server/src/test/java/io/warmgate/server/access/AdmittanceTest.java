package io.warmgate.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.AccessRule.Callers;
import io.warmgate.config.Consumer;
import io.warmgate.config.Consumer.Grant;
import io.warmgate.server.exchange.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmittanceTest {
  private static final String ROUTE = "shop/orders";

  private static Identity consumer(String id, Map<String, Grant.State> grants) {
    Consumer consumer = new Consumer(id, List.of(), List.of(), List.of(), List.of(), List.of());
    return new Identity(new Caller(consumer, id, Map.of()), grants, "f".repeat(64));
  }

  /** What is shown: nothing, a token of nobody's, or consumers with the state of their grant. */
  private static List<Identity> shown(String what) {
    List<Identity> shown = new ArrayList<>();
    for (String one : what.equals("nothing") ? new String[0] : what.split("\\+", -1)) {
      String[] parts = one.split("=", -1);
      shown.add(
          switch (parts[0]) {
            case "token" ->
                new Identity(new Caller(null, "idp ann", Map.of("sub", "ann")), Map.of(), null);
            default ->
                consumer(
                    parts[0],
                    parts.length == 1 ? Map.of() : Map.of(ROUTE, Grant.State.valueOf(parts[1])));
          });
    }
    return shown;
  }

  @ParameterizedTest
  @CsvSource({
    "ANYBODY,   nothing,                   admitted",
    "ANYBODY,   token,                     admitted",
    "ANYBODY,   t/a=REVOKED,               admitted",
    "VERIFIED,  nothing,                   401 no-credential",
    "VERIFIED,  token,                     admitted",
    "CONSUMERS, nothing,                   401 no-credential",
    "CONSUMERS, token,                     403 no-consumer",
    "CONSUMERS, t/a,                       admitted",
    "GRANTED,   nothing,                   401 no-credential",
    "GRANTED,   token,                     403 no-consumer",
    "GRANTED,   t/a,                       403 no-grant",
    "GRANTED,   t/a=PENDING,               403 pending-approval",
    "GRANTED,   t/a=REJECTED,              403 rejected",
    "GRANTED,   t/a=REVOKED,               403 revoked",
    "GRANTED,   t/a=GRANTED,               admitted",
    "GRANTED,   t/a=GRANTED+t/a=GRANTED,   admitted",
    "GRANTED,   t/a=GRANTED+t/b=GRANTED,   401 several-callers",
    "ANYBODY,   t/a=GRANTED+t/b=GRANTED,   401 several-callers",
    "VERIFIED,  t/a=GRANTED+token,         401 several-callers",
    "VERIFIED,  token+t/a=GRANTED,         401 several-callers",
    "VERIFIED,  token+token,               401 several-callers",
  })
  void eachRuleLetsInWhomItSays(Callers callers, String what, String expected) {
    assertThat(told(Admittance.decide(callers, ROUTE, shown(what), Revoked.NOTHING)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "GRANTED,   key,      403 revoked",
    "GRANTED,   consumer, 403 revoked",
    "GRANTED,   grant,    403 revoked",
    "CONSUMERS, key,      403 revoked",
    "CONSUMERS, consumer, 403 revoked",
    "CONSUMERS, grant,    admitted",
    "ANYBODY,   key,      403 revoked",
    "ANYBODY,   consumer, 403 revoked",
    "ANYBODY,   grant,    admitted",
  })
  void whatWasRevokedSinceCountsAtOnce(Callers callers, String revoked, String expected) {
    Revoked since =
        new Revoked() {
          @Override
          public boolean key(String sha256) {
            return revoked.equals("key") && sha256.equals("f".repeat(64));
          }

          @Override
          public boolean consumer(String id) {
            return revoked.equals("consumer") && id.equals("t/a");
          }

          @Override
          public boolean grant(String consumerId, String route) {
            return revoked.equals("grant") && consumerId.equals("t/a") && route.equals(ROUTE);
          }
        };
    assertThat(told(Admittance.decide(callers, ROUTE, shown("t/a=GRANTED"), since)))
        .isEqualTo(expected);
    assertThat(told(Admittance.decide(Callers.CONSUMERS, ROUTE, List.of(other()), since)))
        .as("another")
        .isEqualTo("admitted");
  }

  private static Identity other() {
    Identity made = consumer("t/b", Map.of());
    return new Identity(made.caller(), Map.of(), "0".repeat(64));
  }

  @Test
  void ofSeveralCredentialsOfAConsumerTheTokenTellsTheMost() {
    Identity key = consumer("t/a", Map.of());
    Identity token =
        new Identity(
            new Caller(key.caller().consumer(), "idp ann", Map.of("sub", "ann")), Map.of(), null);
    assertThat(Admittance.decide(Callers.CONSUMERS, ROUTE, List.of(key, token), Revoked.NOTHING))
        .isEqualTo(new Decision.Admitted(token.caller()));
  }

  private static String told(Decision decision) {
    return switch (decision) {
      case Decision.Admitted _ -> "admitted";
      case Decision.Unauthenticated(Refusal why) -> "401 " + why.label();
      case Decision.Forbidden(Refusal why) -> "403 " + why.label();
      case Decision.Unavailable(Refusal why) -> "503 " + why.label();
    };
  }
}
