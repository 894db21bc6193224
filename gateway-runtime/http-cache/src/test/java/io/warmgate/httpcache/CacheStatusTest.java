package io.warmgate.httpcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.CacheStatus.Forward;
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
            CacheStatus.hit(new Decision.Serve(Reason.FRESH, Decision.Form.WHOLE, 3, 57))
                .render("warmgate"))
        .isEqualTo("warmgate; hit; ttl=57; detail=fresh");
    assertThat(
            new CacheStatus(Reason.NOT_STORED, new Forward(200, true, false), 60L, null)
                .render("warmgate"))
        .isEqualTo("warmgate; fwd=uri-miss; fwd-status=200; stored; ttl=60; detail=not-stored");
    assertThat(
            new CacheStatus(Reason.STALE, new Forward(304, true, true), -5L, null)
                .withKey("/a\"b\\\u00e4")
                .render("warmgate"))
        .isEqualTo(
            "warmgate; fwd=stale; fwd-status=304; stored; collapsed; ttl=-5; "
                + "key=\"/a\\\"b\\\\?\"; detail=stale");
    assertThat(
            new CacheStatus(Reason.METHOD, new Forward(null, false, false), null, null)
                .render("warmgate"))
        .isEqualTo("warmgate; fwd=method; detail=method");
    assertThat(new CacheStatus(Reason.ONLY_IF_CACHED, null, null, null).render("warmgate"))
        .isEqualTo("warmgate; detail=only-if-cached");
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
  @CsvSource({"h, h", "h:80, h", "[::1], [::1]", "[::1]:80, [::1]", "'', ''"})
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
