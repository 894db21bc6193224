package io.warmgate.httpcache.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.FieldList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionRuleTest {
  private static final PartitionRule RULE =
      new PartitionRule(List.of("X-Api-Key", "Authorization"));

  @Test
  void eachCredentialIsAPartitionOfItsOwn() {
    List<FieldList> requests =
        List.of(
            FieldList.of("authorization", "Bearer a"),
            FieldList.of("authorization", "Bearer b"),
            FieldList.of("authorization", ""),
            FieldList.of("x-api-key", "Bearer a"),
            FieldList.of("authorization", "Bearer a", "x-api-key", ""),
            FieldList.of("authorization", "Bearer a", "authorization", "Bearer b"),
            FieldList.of("authorization", "Bearer b", "authorization", "Bearer a"));
    assertThat(requests).extracting(RULE::of).doesNotHaveDuplicates().doesNotContainNull();
  }

  @Test
  void theCaseOfNamesAndOtherFieldsDoNotCount() {
    assertThat(RULE.of(FieldList.of("Authorization", "Bearer a", "Accept", "*/*")))
        .isEqualTo(RULE.of(FieldList.of("authorization", "Bearer a")));
  }

  @Test
  void whoeverHasNoneSharesWithTheOthersWithout() {
    assertThat(RULE.of(FieldList.of("cookie", "a=b"))).isNull();
    assertThat(PartitionRule.NONE.of(FieldList.of("authorization", "Bearer a"))).isNull();
  }

  @Test
  void theCredentialIsNotInIt() {
    assertThat(RULE.of(FieldList.of("authorization", "Bearer a"))).matches("[0-9a-f]{64}");
  }
}
