package io.warmgate.httpcache.structured;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.structured.Member.Flag;
import io.warmgate.httpcache.structured.Member.InnerList;
import io.warmgate.httpcache.structured.Member.Int;
import io.warmgate.httpcache.structured.Member.Other;
import io.warmgate.httpcache.structured.Member.Text;
import io.warmgate.httpcache.structured.Member.Token;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StructuredFieldsTest {

  @Test
  void everyTypeIsRead() {
    assertThat(
            StructuredFields.dictionary(
                List.of(
                    " a=1 ,b=\"x\\\"\\\\\", c=t/:*,\td;p=1;q, e=?0",
                    "f=(1 \"y\" z);p, g=-1.5, h=:YQ==:, i=@-5, j=%\"%c3%bc\", *k-_.1=()")))
        .contains(
            Map.ofEntries(
                Map.entry("a", new Int(1)),
                Map.entry("b", new Text("x\"\\")),
                Map.entry("c", new Token("t/:*")),
                Map.entry("d", new Flag(true)),
                Map.entry("e", new Flag(false)),
                Map.entry("f", new InnerList(List.of(new Int(1), new Text("y"), new Token("z")))),
                Map.entry("g", Other.OTHER),
                Map.entry("h", Other.OTHER),
                Map.entry("i", Other.OTHER),
                Map.entry("j", Other.OTHER),
                Map.entry("*k-_.1", new InnerList(List.of()))));
  }

  @Test
  void ofAKeyThatOccursTwiceTheLastCounts() {
    assertThat(StructuredFields.dictionary(List.of("a=1, a=2", "a=3")))
        .contains(Map.of("a", new Int(3)));
  }

  @Test
  void emptyIsEmpty() {
    assertThat(StructuredFields.dictionary(List.of())).contains(Map.of());
    assertThat(StructuredFields.list(List.of("  "))).contains(List.of());
  }

  @Test
  void listsHaveItemsAndInnerLists() {
    assertThat(StructuredFields.list(List.of("\"a\";p, (b)", "3")))
        .contains(List.of(new Text("a"), new InnerList(List.of(new Token("b"))), new Int(3)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A=1",
        "a=1,",
        "a=1,,b",
        "a =1",
        "a= 1",
        "1=a",
        "a=\"",
        "a=\"\\x\"",
        "a=\"\u00fc\"",
        "a=(1",
        "a=(1,2)",
        "a=(1)(2)",
        "a=1234567890123456",
        "a=1.",
        "a=1.1234",
        "a=1234567890123.1",
        "a=-",
        "a=?2",
        "a=?",
        "a=:?:",
        "a=:a",
        "a=@x",
        "a=@1.5",
        "a=%\"%C3\"",
        "a=%x",
        "a=&",
        "a;=1",
        "a; ",
        "a b",
        "a=1;p=",
        "&&&"
      })
  void whatIsMalformedIsNoValueAtAll(String text) {
    assertThat(StructuredFields.dictionary(List.of(text))).isEmpty();
    assertThat(StructuredFields.dictionary(List.of("x=1, " + text))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=123456789012345",
        "a=123456789012.123",
        "a=-1.0",
        "a=\" !~\"",
        "a=azAZ09:/!#$%&'*+-.^_`|~",
        "a=*",
        "a=:azAZ09+/==:",
        "a=%\" !~%00%99%aa%ff\"",
        "az09_-.*=1",
        "a=1; p;  q=2",
        "a=1;p=:YQ==:",
        "a=( 1  2 )",
        "a=1\t ,\tb",
      })
  void theEdgesOfWhatIsAllowed(String text) {
    assertThat(StructuredFields.dictionary(List.of(text))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=\"\u001f\"",
        "a=\"\u007f\"",
        "a=%\"\u001f\"",
        "a=%\"\u007f\"",
        "a=%\"%0g\"",
        "a=%\"%0`\"",
        "a=%\"%/0\"",
        "a=%\"%:0\"",
        "a=@a",
        "a=[b",
        "a=`",
        "a={",
        "a=b@",
        "a=b[",
        "a=b{",
        "a=:@:",
        "a=:[:",
        "a=:`:",
        "a=:{:",
        "a=:-:",
        "`=1",
        "{=1",
        "a/=1",
        "a:=1",
        "/",
        ":",
      })
  void theEdgesOfWhatIsNot(String text) {
    assertThat(StructuredFields.dictionary(List.of(text))).isEmpty();
  }

  @Test
  void noTextMakesItThrow() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String alphabet = "ab*1-.,;= \t()\"\\?:@%{}\u00fc\u0000";
    for (int i = 0; i < 100_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(14); n > 0; n--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String what = "seed " + seed + ": " + text;
      assertThat(StructuredFields.dictionary(List.of(text.toString()))).as(what).isNotNull();
      assertThat(StructuredFields.list(List.of(text.toString()))).as(what).isNotNull();
    }
  }
}
