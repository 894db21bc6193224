package io.warmgate.httpcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.CacheStatus.Forward;
import io.warmgate.httpcache.CacheStatus.NotStored;
import io.warmgate.httpcache.CacheStatus.Stored;
import io.warmgate.httpcache.RequestView.Target;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CacheStatusTest {

  @Test
  void rendered() {
    assertThat(
            CacheStatus.hit(new Decision.Serve(Reason.FRESH, Decision.Plain.WHOLE, 3, 57))
                .render("warmgate"))
        .isEqualTo("warmgate; hit; ttl=57; detail=fresh");
    assertThat(
            CacheStatus.forwarded(Reason.NOTHING_FOUND, new Forward(null, Stored.HERE, false), 60L)
                .render("warmgate"))
        .isEqualTo("warmgate; fwd=uri-miss; stored; ttl=60; detail=nothing-found");
    assertThat(
            CacheStatus.forwarded(Reason.STALE, new Forward(304, Stored.HERE, true), -5L)
                .withKey("/a\"b\\\u00e4")
                .render("warmgate"))
        .isEqualTo(
            "warmgate; fwd=stale; fwd-status=304; stored; collapsed; ttl=-5; "
                + "key=\"/a\\\"b\\\\?\"; detail=stale");
    assertThat(
            CacheStatus.forwarded(
                    Reason.NOTHING_FOUND, new Forward(null, Stored.ELSEWHERE, true), 60L)
                .render("warmgate"))
        .isEqualTo("warmgate; fwd=uri-miss; collapsed; ttl=60; detail=nothing-found");
  }

  @Test
  void whoseItIsIsTheBeginOfADigest() {
    CacheStatus hit =
        CacheStatus.hit(new Decision.Serve(Reason.FRESH, Decision.Plain.WHOLE, 3, 57));
    assertThat(hit.withKey("k").withPartition("0123456789abcdef0123").render("warmgate"))
        .contains("; key=\"k\"; warmgate-partition=\"0123456789abcdef\"; ");
    assertThat(hit.withPartition(null).withKey("k").render("warmgate")).doesNotContain("partition");
  }

  @Test
  void aKeyIsPrintable() {
    assertThat(
            CacheStatus.hit(new Decision.Serve(Reason.FRESH, Decision.Plain.WHOLE, 3, 57))
                .withKey("\u001f !~\u007f")
                .render("warmgate"))
        .contains("key=\"? !~?\"");
  }

  @Test
  void whatWasNotStoredSaysWhy() {
    assertThat(
            CacheStatus.forwarded(
                    Reason.NOTHING_FOUND,
                    new Forward(null, new NotStored(Reason.PRIVATE), false),
                    null)
                .render("warmgate"))
        .isEqualTo("warmgate; fwd=uri-miss; detail=private");
    assertThat(
            CacheStatus.forwarded(
                    Reason.METHOD, new Forward(null, new NotStored(Reason.METHOD), false), null)
                .render("warmgate"))
        .isEqualTo("warmgate; fwd=method; detail=method");
  }

  @ParameterizedTest
  @EnumSource
  void everyReasonHasATokenAndASource(Reason reason) {
    assertThat(reason.token()).matches("[a-z][a-z-]*[a-z]");
    assertThat(reason.source()).matches("RFC \\d+ §[0-9.]+|gateway: .+");
  }

  @Test
  void tokensAreUnique() {
    assertThat(Arrays.stream(Reason.values()).map(Reason::token)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({"h, h", "h:80, h", "[::1], [::1]", "[::1]:80, [::1]", "':80', ''", "'', ''"})
  void hostWithoutPort(String authority, String host) {
    assertThat(new Target("http", authority, "/", null).host()).isEqualTo(host);
  }

  @Test
  void fieldsAreFoundInAnyCase() {
    FieldList fields = FieldList.of("A", "1", "b", "2", "a", "3");
    assertThat(fields.first("a")).isEqualTo("1");
    assertThat(fields.first("c")).isNull();
    assertThat(fields.all("A")).containsExactly("1", "3");
    assertThat(fields.names()).isEqualTo(new LinkedHashSet<>(List.of("a", "b")));
    assertThat(FieldList.copyOf(fields)).isSameAs(fields);
    assertThat(fields.keep(name -> name.equals("b"))).isEqualTo(FieldList.of("b", "2"));
  }
}
