package aiqbridge.redemption;
import static org.assertj.core.api.Assertions.assertThat;
import aiqbridge.TestBridge;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
class SmokeTest {
    @TempDir Path folder;
    @Test void starts() {
        try (TestBridge b = new TestBridge(folder, TestBridge.TestClock.atNow(), "aiq.base-url", "http://127.0.0.1:1")) {
            b.account("green-leaf", "1001", "demo-key");
            long now = b.clock.millis();
            b.rows.update("insert into contact values ('c1','green-leaf','p','k-1','+15555550100',null,1,1)");
            b.rows.update("insert into redemption (redemption_id,account_id,connection,location,model,status,note,transaction_id,customer_key,contact_id,discount_id,discount_name,points,queued_at,expires_at,next_attempt_at,created_at,updated_at) values ('r1','green-leaf','till','main','POS','DUE','AIQ-1','t1','c1','k-1','d1','Five off',100,?,?,?,?,?)", now, now + 1000, now, now, now);
            b.rows.update("insert into pos_transaction (connection,location,transaction_id,status,completed_at,total,heard_at,updated_at) values ('till','main','t1','COMPLETED',?,10,?,?)", now, now, now);
            b.run("redemption-execute");
            System.out.println(b.rows.queryForList("select * from redemption"));
            b.run("redemption-recover"); b.run("redemption-expire");
            assertThat(b.statuses()).containsExactly("DUE");
        }
    }
}
