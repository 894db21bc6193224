package io.warmgate.aisimulator.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.aisimulator.model.RateStanding;
import java.util.Map;

/** A provider's way of speaking. */
public interface Dialect {
  /** Answers a request. */
  Answer answer(Call call) throws Refused;

  /** How an error is written. */
  JsonNode error(Refused refused);

  /** How an error is written inside a stream that has begun. */
  ServerEvent errorEvent(Refused refused);

  /** Header fields of an error. */
  default Map<String, String> errorHeaders(Refused refused) {
    return refused.headers();
  }

  /** How the events of its streams are sent. */
  default Framing framing() {
    return Framing.SERVER_SENT;
  }

  /** How it is said what is left of a limit. */
  Map<String, String> limits(RateStanding standing);
}
