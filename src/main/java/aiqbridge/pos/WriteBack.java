package aiqbridge.pos;

import aiqbridge.wallet.Points;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Shapes what a make's write-back statement is bound with: {@code transaction_id, points} and {@code points_text}, the number as a person writes it. */
public final class WriteBack {
    public List<Map<String, Object>> rows(List<Map<String, Object>> wanted) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Map<String, Object> one : wanted) {
            Map<String, Object> row = new HashMap<>(one);
            row.put("points", Points.of(one.get("points")));
            row.put("points_text", Points.of(one.get("points")).toPlainString());
            rows.add(row);
        }
        return rows;
    }
}
