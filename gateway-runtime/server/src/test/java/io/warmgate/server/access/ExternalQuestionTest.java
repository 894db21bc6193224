package io.warmgate.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.warmgate.config.Consumer;
import io.warmgate.config.ExternalCall;
import io.warmgate.server.access.ExternalQuestion.Subject;
import io.warmgate.server.exchange.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a user's service is asked, to the byte, and what makes two questions one. */
class ExternalQuestionTest {
  private static final Subject WHAT =
      new Subject("GET", "shop.example.com", "/orders/1", "shop/orders");
  private static final Consumer ACME =
      new Consumer("t/acme", List.of(), List.of(), List.of(), List.of(), List.of());

  private static ExternalCall call(String url, List<String> send, List<String> take) {
    return new ExternalCall(url, send, 1_000, 1_000, take, null);
  }

  private static MultiMap fields(String... namesAndValues) {
    MultiMap fields = MultiMap.caseInsensitiveMultiMap();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return fields;
  }

  private static String json(ExternalCall call, Caller caller, MultiMap fields) {
    return ExternalQuestion.of(call, WHAT, caller, fields).json().toString(UTF_8);
  }

  @Test
  void itSaysWhoWantsWhatAndNothingElse() {
    MultiMap fields =
        fields(
            "Authorization", "Bearer secret",
            "X-Api-Key", "secret",
            "Cookie", "a=1",
            "Cookie", "b=2",
            "X-Tenant", "one",
            "X-Tenant", "two");
    ExternalCall call =
        call("http://roles/", List.of("x-tenant", "cookie", "x-missing"), List.of());
    Caller caller = new Caller(ACME, "idp ann", Map.of("sub", "ann", "org", "acme"));
    assertThat(json(call, caller, fields))
        .isEqualTo(
            """
            {"method":"GET","host":"shop.example.com","path":"/orders/1","route":"shop/orders",\
            "consumer":"t/acme","claims":{"org":"acme","sub":"ann"},\
            "headers":{"cookie":"a=1; b=2","x-tenant":"one, two"}}\
            """);
    assertThat(json(call("http://roles/", List.of(), List.of()), Caller.NOBODY, fields))
        .isEqualTo(
            """
            {"method":"GET","host":"shop.example.com","path":"/orders/1","route":"shop/orders",\
            "claims":{},"headers":{}}\
            """);
    assertThat(json(call("http://r/", List.of("authorization"), List.of()), caller, fields))
        .as("where it is asked for")
        .contains("Bearer secret");
    assertThat(ExternalQuestion.of(call, WHAT, caller, fields).toString()).doesNotContain("ann");
  }

  @Test
  void whateverTellsTwoQuestionsApartTellsTheirDigestsApart() {
    ExternalCall call = call("http://roles/", List.of("x-tenant"), List.of("x-role"));
    Caller ann = new Caller(ACME, "idp ann", Map.of("sub", "ann"));
    List<Digest> all = new ArrayList<>();
    all.add(digest(call, WHAT, ann, fields()));
    all.add(digest(call, WHAT, ann, fields("x-tenant", "a")));
    all.add(digest(call, WHAT, new Caller(ACME, "other ann", ann.claims()), fields()));
    all.add(digest(call, WHAT, new Caller(null, "idp ann", ann.claims()), fields()));
    all.add(digest(call, WHAT, Caller.NOBODY, fields()));
    all.add(digest(call, WHAT, new Caller(ACME, "nobody", Map.of()), fields()));
    all.add(digest(call, new Subject("POST", WHAT.host(), WHAT.path(), "a/b"), ann, fields()));
    all.add(digest(call, new Subject("GET", "other", WHAT.path(), WHAT.route()), ann, fields()));
    all.add(digest(call, new Subject("GET", WHAT.host(), "/", WHAT.route()), ann, fields()));
    all.add(digest(call, new Subject("GET", WHAT.host(), WHAT.path(), "a/b"), ann, fields()));
    all.add(
        digest(call("http://other/", List.of("x-tenant"), List.of("x-role")), WHAT, ann, fields()));
    all.add(
        digest(call("http://roles/", List.of("x-tenant"), List.of("x-user")), WHAT, ann, fields()));
    assertThat(all).doesNotHaveDuplicates();
    assertThat(digest(call, WHAT, ann, fields("x-else", "a")))
        .as("what is not sent")
        .isEqualTo(all.getFirst());
  }

  private static Digest digest(ExternalCall call, Subject what, Caller caller, MultiMap fields) {
    return ExternalQuestion.of(call, what, caller, fields).digest();
  }
}
