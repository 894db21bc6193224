package io.warmgate.operator.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.admin.AdminApi;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AdminIdentityTest {
  private static final List<String> NAMES = List.of("edge.admin.warmgate");

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @Test
  void isMintedOnceAndThenKept() {
    AdminIdentity minted = AdminIdentity.ensure(Map.of(), NAMES, NOW);
    assertThat(minted.trusted()).hasSize(1);
    assertThat(minted.fingerprintKey()).hasSize(32);
    assertThat(minted.operatorToken()).hasSize(64);
    assertThat(purgeToken(minted)).hasSize(64).isNotEqualTo(minted.operatorToken());
    AdminIdentity later = AdminIdentity.ensure(minted.data(), NAMES, NOW.plus(Duration.ofDays(59)));
    assertThat(later.trusted()).isEqualTo(minted.trusted());
    assertThat(later.operatorToken()).isEqualTo(minted.operatorToken());
    assertThat(purgeToken(later)).isEqualTo(purgeToken(minted));
  }

  /** A Secret of before there was one gets it, and keeps the others. */
  @Test
  void thePreviewTokenIsAddedToWhatIsThere() {
    Map<String, byte[]> before = new TreeMap<>(AdminIdentity.ensure(Map.of(), NAMES, NOW).data());
    before.remove(AdminApi.PREVIEW_TOKEN);
    Map<String, byte[]> now = new TreeMap<>(AdminIdentity.ensure(before, NAMES, NOW).data());
    byte[] added = Objects.requireNonNull(now.remove(AdminApi.PREVIEW_TOKEN));
    assertThat(added).hasSize(64).isNotEqualTo(before.get(AdminApi.PURGE_TOKEN));
    assertThat(now).isEqualTo(before);
  }

  private static String purgeToken(AdminIdentity identity) {
    return new String(
        Objects.requireNonNull(identity.data().get(AdminApi.PURGE_TOKEN)), StandardCharsets.UTF_8);
  }

  @Test
  void aCertificateOfOtherNamesIsMintedAnew() throws Exception {
    AdminIdentity before = AdminIdentity.ensure(Map.of(), NAMES, NOW);
    List<String> more = List.of("edge.admin.warmgate", "edge-admin.shop.svc");
    AdminIdentity now = AdminIdentity.ensure(before.data(), more, NOW);
    assertThat(now.trusted()).hasSize(2).contains(before.trusted().getFirst());
    assertThat(now.trusted().getFirst().getSubjectAlternativeNames())
        .extracting(name -> String.valueOf(name.get(1)))
        .containsExactlyElementsOf(more);
    assertThat(AdminIdentity.ensure(now.data(), more, NOW).trusted()).isEqualTo(now.trusted());
  }

  @Test
  void isRenewedBeforeItEndsAndTheOneBeforeStaysTrusted() {
    AdminIdentity minted = AdminIdentity.ensure(Map.of(), NAMES, NOW);
    AdminIdentity renewed =
        AdminIdentity.ensure(minted.data(), NAMES, NOW.plus(Duration.ofDays(61)));
    assertThat(renewed.trusted()).hasSize(2).contains(minted.trusted().getFirst());
    assertThat(renewed.operatorToken()).isEqualTo(minted.operatorToken());
    assertThat(renewed.fingerprintKey()).isEqualTo(minted.fingerprintKey());
  }

  @Test
  void whatIsBrokenOrMissingIsMadeAnew() {
    Map<String, byte[]> data = new TreeMap<>(AdminIdentity.ensure(Map.of(), NAMES, NOW).data());
    data.put(AdminApi.TLS_CERTIFICATE, new byte[] {1, 2, 3});
    data.remove(AdminApi.OPERATOR_TOKEN);
    AdminIdentity healed = AdminIdentity.ensure(data, NAMES, NOW);
    assertThat(healed.trusted()).hasSize(1);
    assertThat(healed.operatorToken()).isNotBlank();
  }

  @Test
  void printsNoSecret() {
    AdminIdentity minted = AdminIdentity.ensure(Map.of(), NAMES, NOW);
    assertThat(minted.toString()).doesNotContain(minted.operatorToken());
  }
}
