from tests.support.desk import desk as desk
