package io.warmgate.config.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmgate.config.ConfigException;
import io.warmgate.config.Json;
import io.warmgate.config.admin.Revocation.Taken;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Orders on the wire, and how much one says. */
class OrderTest {
  private static final PurgeReceipt PLACE = new PurgeReceipt("e1", "7-0");
  private static final PurgeOrder PURGE =
      new PurgeOrder("p", PurgeRequest.tags(List.of("t"), List.of()), PLACE);
  private static final RevokeOrder REVOKE =
      new RevokeOrder(
          "r",
          new Revocation(
              false,
              List.of(
                  Taken.whole("shop/gone"),
                  new Taken(
                      "shop/app",
                      false,
                      List.of(new Revocation.Key("aa", null), new Revocation.Key("bb", 5L)),
                      List.of("cc"),
                      List.of("shop/orders")))),
          7,
          null);

  private static Order read(String json) {
    return Json.read(json.getBytes(UTF_8), Order.class);
  }

  @Test
  void eachKindIsReadAsWhatItIs() {
    assertThat(Json.read(Json.write(PURGE), Order.class)).isEqualTo(PURGE);
    assertThat(Json.read(Json.write(REVOKE), Order.class)).isEqualTo(REVOKE);
    assertThat(Json.read(Json.write(REVOKE), RevokeOrder.class)).isEqualTo(REVOKE);
  }

  /** Runtimes and operators of before read nothing else. */
  @Test
  void aPurgeIsWrittenAsEver() {
    assertThat(new String(Json.write(PURGE), UTF_8))
        .isEqualTo(
            "{\"id\":\"p\",\"request\":{\"tags\":[\"t\"],\"paths\":[],\"hosts\":[],\"all\":false,"
                + "\"mode\":\"Hard\"},\"logged\":{\"epoch\":\"e1\",\"position\":\"7-0\"}}");
    assertThat(Json.read(Json.write(PURGE), PurgeOrder.class)).isEqualTo(PURGE);
  }

  /** What a runtime of before makes of a revocation: nothing, and it goes on with the next. */
  @Test
  void aRevocationIsNoPurge() {
    assertThatThrownBy(() -> Json.read(Json.write(REVOKE), PurgeOrder.class))
        .isInstanceOf(ConfigException.class);
  }

  @Test
  void whatIsNeitherIsRefused() {
    for (String json :
        List.of(
            "{\"id\":\"x\"}",
            "{\"id\":\"x\",\"ban\":{}}",
            "{\"id\":\"x\",\"revoked\":{\"everybody\":true},\"below\":7,\"more\":1}",
            "{\"id\":\"x\",\"revoked\":{\"everybody\":true}}",
            "{\"id\":\"x\",\"revoked\":{\"everybody\":true},\"below\":0}",
            "{\"id\":\" \",\"revoked\":{\"everybody\":true},\"below\":7}",
            "{\"id\":\"x\",\"revoked\":{\"everybody\":false,\"consumers\":[{\"whole\":true}]},"
                + "\"below\":7}")) {
      assertThatThrownBy(() -> read(json)).as(json).isInstanceOf(ConfigException.class);
    }
  }

  @Test
  void whatIsTooMuchToSayTakesMore() {
    List<Revocation.Key> keys =
        IntStream.rangeClosed(0, Revocation.MAX_NAMES)
            .mapToObj(n -> new Revocation.Key("k" + n, null))
            .toList();
    Taken app = new Taken("shop/app", false, keys, List.of(), List.of());
    assertThat(new Revocation(false, List.of(app)).bounded())
        .isEqualTo(new Revocation(false, List.of(Taken.whole("shop/app"))));

    List<Taken> many =
        IntStream.rangeClosed(0, Revocation.MAX_NAMES)
            .mapToObj(n -> Taken.whole("shop/app" + n))
            .toList();
    assertThat(new Revocation(false, many).bounded()).isEqualTo(Revocation.EVERYBODY);
    Revocation most = new Revocation(false, many.subList(1, many.size()));
    assertThat(most.bounded()).isEqualTo(most);
    assertThat(Revocation.folded(List.of(Revocation.EVERYBODY, most)))
        .isEqualTo(Revocation.EVERYBODY);
  }
}
