package io.warmgate.operator.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.admin.AdminApi;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AdminIdentityTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @Test
  void isMintedOnceAndThenKept() {
    AdminIdentity minted = AdminIdentity.ensure(Map.of(), "edge", NOW);
    assertThat(minted.trusted()).hasSize(1);
    assertThat(minted.fingerprintKey()).hasSize(32);
    assertThat(minted.operatorToken()).hasSize(64);
    AdminIdentity later =
        AdminIdentity.ensure(minted.data(), "edge", NOW.plus(Duration.ofDays(59)));
    assertThat(later.trusted()).isEqualTo(minted.trusted());
    assertThat(later.operatorToken()).isEqualTo(minted.operatorToken());
  }

  @Test
  void isRenewedBeforeItEndsAndTheOneBeforeStaysTrusted() {
    AdminIdentity minted = AdminIdentity.ensure(Map.of(), "edge", NOW);
    AdminIdentity renewed =
        AdminIdentity.ensure(minted.data(), "edge", NOW.plus(Duration.ofDays(61)));
    assertThat(renewed.trusted()).hasSize(2).contains(minted.trusted().getFirst());
    assertThat(renewed.operatorToken()).isEqualTo(minted.operatorToken());
    assertThat(renewed.fingerprintKey()).isEqualTo(minted.fingerprintKey());
  }

  @Test
  void whatIsBrokenOrMissingIsMadeAnew() {
    Map<String, byte[]> data = new TreeMap<>(AdminIdentity.ensure(Map.of(), "edge", NOW).data());
    data.put(AdminApi.TLS_CERTIFICATE, new byte[] {1, 2, 3});
    data.remove(AdminApi.OPERATOR_TOKEN);
    AdminIdentity healed = AdminIdentity.ensure(data, "edge", NOW);
    assertThat(healed.trusted()).hasSize(1);
    assertThat(healed.operatorToken()).isNotBlank();
  }

  @Test
  void printsNoSecret() {
    AdminIdentity minted = AdminIdentity.ensure(Map.of(), "edge", NOW);
    assertThat(minted.toString()).doesNotContain(minted.operatorToken());
  }
}
