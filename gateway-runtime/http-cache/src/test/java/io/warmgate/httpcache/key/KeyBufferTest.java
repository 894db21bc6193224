package io.warmgate.httpcache.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.FieldList;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyBufferTest {

  /** The buffer is the thread's: what was there before must not show. */
  @BeforeEach
  void dirty() {
    KeyBuffer.ofThread().raw(filled(512, 0xee));
  }

  private static byte[] filled(int length, int with) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) with);
    return bytes;
  }

  private static String hex(KeyBuffer buffer) {
    return HexFormat.of().formatHex(buffer.toBytes().array());
  }

  @ParameterizedTest
  @CsvSource({
    "'', 00000000",
    "a, 0000000161",
    "\u007f, 000000017f",
    "\u0080, 00000002c280",
    "\u00e4, 00000002c3a4",
    "\u07ff, 00000002dfbf",
    "\u0800, 00000003e0a080",
    "\u20ac, 00000003e282ac",
    "\uffff, 00000003efbfbf",
    "A\u00e4B, 0000000441c3a442",
  })
  void textIsFramedByItsBytes(String text, String framed) {
    assertThat(hex(KeyBuffer.ofThread().text(text))).isEqualTo(framed);
  }

  @Test
  void halvesOfPairsStandAlone() {
    assertThat(hex(KeyBuffer.ofThread().text("\ud83d\ude00"))).isEqualTo("00000006eda0bdedb880");
  }

  @Test
  void onlyAsciiLettersGetLowerCase() {
    assertThat(KeyBuffer.ofThread().lowerCase("@AMZ[`az{\u00c4").toBytes())
        .isEqualTo(KeyBuffer.ofThread().text("@amz[`az{\u00c4").toBytes());
    assertThat(KeyBuffer.ofThread().text("A").toBytes())
        .isNotEqualTo(KeyBuffer.ofThread().text("a").toBytes());
  }

  @Test
  void numbersAreFourBytesAndAbsentIsNone() {
    assertThat(hex(KeyBuffer.ofThread().number(0x01020304).number(-2)))
        .isEqualTo("01020304fffffffe");
    assertThat(hex(KeyBuffer.ofThread().text(null))).isEqualTo("ffffffff");
    assertThat(hex(KeyBuffer.ofThread().field("x", FieldList.EMPTY))).isEqualTo("ffffffff");
    assertThat(hex(KeyBuffer.ofThread().field("x", FieldList.of("x", "1")))).endsWith("0131");
  }

  @Test
  void rawIsAsItIs() {
    assertThat(hex(KeyBuffer.ofThread().raw(new byte[] {1, 2, 3}).raw(new byte[0]).number(4)))
        .isEqualTo("01020300000004");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 507, 508, 509, 511, 512, 513, 1024, 9000, 30_000})
  void growsToWhatIsNeeded(int length) {
    byte[] bytes = filled(length, 7);
    assertThat(KeyBuffer.ofThread().raw(bytes).number(5).toBytes().length()).isEqualTo(length + 4);
    assertThat(hex(KeyBuffer.ofThread().raw(bytes).number(5))).endsWith("0700000005");
    assertThat(KeyBuffer.ofThread().text("x".repeat(length)).toBytes().length())
        .isEqualTo(length + 4);
    assertThat(KeyBuffer.ofThread().raw(bytes).raw(filled(300, 8)).toBytes().length())
        .isEqualTo(length + 300);
    assertThat(KeyBuffer.ofThread().raw(bytes).text("\u20ac\u20ac").toBytes().length())
        .isEqualTo(length + 10);
    assertThat(hex(KeyBuffer.ofThread().number(1))).isEqualTo("00000001");
  }
}
